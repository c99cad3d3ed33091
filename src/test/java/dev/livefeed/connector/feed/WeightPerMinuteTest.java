package dev.livefeed.connector.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.session.HttpAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightPerMinuteTest {

    private static final long MINUTE = 60_000_000L;

    private final ManualTime time = new ManualTime();
    private final WeightPerMinute weight = new WeightPerMinute(time, 6_000);
    private long offsetMicros;
    private boolean measured = true;

    private void follow() {
        weight.follow(new VenueClock() {
            @Override
            public long micros() {
                return time.micros() + offsetMicros;
            }

            @Override
            public boolean measured() {
                return measured;
            }

            @Override
            public boolean measurable() {
                return true;
            }

            @Override
            public void measureAgain() {}
        });
    }

    private static HttpAnswer used(int weight) {
        return new HttpAnswer(200, 0, null, weight, new byte[0]);
    }

    /** Number of requests of that weight that are allowed within the time. */
    private int sent(int each, Duration within, boolean inBackground) {
        int sent = 0;
        for (long left = within.toMillis(); left > 0; left -= 100) {
            while (weight.allows(each, inBackground)) {
                weight.sent(each, inBackground);
                sent++;
            }
            time.advance(Duration.ofMillis(100));
        }
        return sent;
    }

    @Test
    void threeQuartersOfTheLimitAreUsedInAMinuteAtMost() {
        assertThat(sent(50, Duration.ofMinutes(1), false)).isBetween(88, 90);
    }

    @Test
    void aLowerLimitOfTheVenueCountsFromThenOn() {
        weight.limit(1_200);

        assertThat(weight.limit()).isEqualTo(1_200);
        assertThat(sent(50, Duration.ofMinutes(1), false)).isBetween(16, 18);
    }

    @Test
    void whatWasUsedBeforeALowerLimitIsNotAllowedAgain() {
        weight.sent(1_000, false);
        weight.limit(1_200);

        assertThat(weight.allows(1, false)).isFalse();
        // 700 more were used than the new limit allows at once; 600 are regained per minute.
        time.advance(Duration.ofSeconds(69));
        assertThat(weight.allows(1, false)).isFalse();
        time.advance(Duration.ofSeconds(2));
        assertThat(weight.allows(1, false)).isTrue();
    }

    @Test
    void aHigherLimitAllowsMore() {
        weight.limit(12_000);

        assertThat(sent(50, Duration.ofMinutes(1), false)).isBetween(177, 180);
    }

    @Test
    void aRequestThatIsHeavierThanALowLimitAllowsAtOnceIsSentAtLast() {
        weight.limit(600);
        weight.sent(100, false);

        assertThat(weight.allows(250, false)).isFalse();
        time.advance(Duration.ofSeconds(20));
        assertThat(weight.allows(250, false)).isTrue();
    }

    /** The weight that the venue counts is near the limit of 1,200, far below that of 6,000. */
    @Test
    void theBrakeIsThatOfTheVenuesLimit() {
        follow();
        weight.answered(used(1_150));
        assertThat(weight.allows(1, false)).isTrue();

        weight.limit(1_200);
        weight.answered(used(1_150));
        assertThat(weight.allows(1, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3_600_000_000L, -3_600_000_000L, 29_000_000L, -13_000_000L})
    void theBrakeIsReleasedInTheVenuesNextMinute(long offset) {
        offsetMicros = offset;
        follow();
        long rest = MINUTE - Math.floorMod(time.micros() + offset, MINUTE);
        weight.answered(used(5_500));
        time.advance(Duration.ofMillis(rest / 1_000));
        assertThat(weight.allows(1, false)).as("the clocks may differ a little").isFalse();
        time.advance(Duration.ofMillis(600));
        assertThat(weight.allows(1, false)).isTrue();
    }

    @Test
    void theBrakeLastsAMinuteWhileTheVenuesClockIsNotKnown() {
        measured = false;
        follow();
        weight.answered(used(5_500));
        time.advance(Duration.ofMillis(59_900));
        assertThat(weight.allows(1, false)).isFalse();
        time.advance(Duration.ofMillis(200));
        assertThat(weight.allows(1, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_200_000_000L, 7_200_000_000L})
    void settingTheLocalClockNeitherReleasesNorProlongsTheBrake(long by) {
        follow();
        weight.answered(used(5_500));
        time.set(by);
        assertThat(weight.allows(1, false)).isFalse();
        time.advance(Duration.ofSeconds(61));
        assertThat(weight.allows(1, false)).isTrue();
    }

    @Test
    void requestsInTheBackgroundLeaveAFifthToTheOthers() {
        int background = sent(4, Duration.ofMillis(100), true);

        assertThat(background).isEqualTo(300);
        assertThat(weight.allows(250, false)).isTrue();
    }
}
