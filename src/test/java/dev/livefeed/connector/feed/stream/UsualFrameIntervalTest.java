package dev.livefeed.connector.feed.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream is conspicuous if it is silent for long by its own usual rate. */
class UsualFrameIntervalTest {

    private final UsualFrameInterval usual = new UsualFrameInterval();
    private long second = 1_000;
    private long heard = second;

    /** Seconds of a silence after which the stream is conspicuous. */
    private List<Long> silence(long seconds) {
        List<Long> conspicuous = new ArrayList<>();
        for (long i = 1; i <= seconds; i++) {
            second++;
            if (usual.conspicuous(nanos(heard), nanos(second))) {
                conspicuous.add(second - heard);
            }
        }
        return conspicuous;
    }

    private static long nanos(long seconds) {
        return seconds * 1_000_000_000L;
    }

    private void frames(int count, long interval) {
        for (int i = 0; i < count; i++) {
            assertThat(silence(interval - 1)).isEmpty();
            second++;
            heard = second;
            assertThat(usual.conspicuous(nanos(heard), nanos(second))).isFalse();
        }
    }

    @Test
    void aStreamWithDataEverySecondIsConspicuousAfterFifteenAndThenLessAndLessOften() {
        frames(20, 1);

        assertThat(silence(130)).containsExactly(15L, 30L, 60L, 120L);
        assertThat(silence(86_400).size()).isBetween(20, 35);
    }

    @Test
    void aSlowerStreamIsJudgedByItsOwnRate() {
        frames(20, 8);

        assertThat(silence(50)).containsExactly(40L);
    }

    @Test
    void aQuietStreamIsNever() {
        frames(20, 20);

        assertThat(silence(10_000)).isEmpty();
    }

    @Test
    void oneThatIsOftenSilentForAWhileIsAtMostOnce() {
        frames(20, 1);
        assertThat(silence(25)).containsExactly(15L);
        for (int i = 0; i < 20; i++) {
            frames(5, 1);
            assertThat(silence(25)).isEmpty();
        }
    }

    @Test
    void aStreamOfWhichLittleIsKnownIsNot() {
        frames(4, 1);

        assertThat(silence(1_000)).isEmpty();
    }

    @Test
    void theTimeWithoutASubscriptionIsNoSilence() {
        frames(20, 1);
        usual.pause();
        second += 3_600;

        assertThat(silence(2)).isEmpty();
        frames(20, 1);
        assertThat(silence(15)).containsExactly(15L);
    }
}
