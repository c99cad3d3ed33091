package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Unusual silences, by the usual interval of the data. */
class StallDetectorTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final StallDetector detector = new StallDetector(Duration.ofSeconds(10));
    private long now;

    @Test
    void aSilenceThatIsLongForTheMarketMayBeAStall() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);

        now += 10 * SECOND;
        assertThat(detector.stalledNanos(now)).isZero();
        now += SECOND;
        assertThat(detector.stalledNanos(now)).isEqualTo(11 * SECOND);
    }

    @Test
    void aMarketThatHasBecomeQuietIsUsual() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);
        frames(200, 15 * SECOND);

        now += 60 * SECOND;
        assertThat(detector.stalledNanos(now)).isZero();
    }

    @Test
    void initialSnapshotsAreNotCounted() {
        detector.opened(now);
        frames(200, SECOND);

        detector.opened(now);
        frames(1_000, MILLI);

        now += 30 * SECOND;
        assertThat(detector.stalledNanos(now)).isZero();
    }

    @Test
    void resetDiscardsTheMeanInterval() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);

        detector.reset();
        frames(10, 15 * SECOND);

        now += 15 * SECOND;
        assertThat(detector.stalledNanos(now)).isZero();
    }

    /** Passes frames at an interval. */
    private void frames(int count, long interval) {
        for (int i = 0; i < count; i++) {
            now += interval;
            detector.frame(now);
        }
    }
}
