package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A market that becomes quiet ends few connections. */
class StallDetectorTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final StallDetector detector = new StallDetector(Duration.ofSeconds(10));
    private long now;
    private int stalls;

    @Test
    void marketThatBecomesQuietEndsFewConnections() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);
        frames(200, 15 * SECOND);
        assertThat(stalls).isEqualTo(1);

        frames(50, 100 * SECOND);
        assertThat(stalls).isLessThanOrEqualTo(3);
    }

    @Test
    void stallIsDetectedSoonAfterTheMarketIsBusyAgain() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);
        frames(1, 11 * SECOND);
        assertThat(stalls).isEqualTo(1);

        frames(400, 50 * MILLI);

        now += 11 * SECOND;
        assertThat(detector.stalledNanos(now)).isEqualTo(11 * SECOND);
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
        frames(100, 15 * SECOND);

        assertThat(stalls).isZero();
    }

    @Test
    void learnedSilenceIsLimitedToTenMinutes() {
        detector.opened(now);
        frames(1_000, 50 * MILLI);
        now += 100_000 * SECOND;
        detector.stalled(now);
        detector.opened(now);

        now += 601 * SECOND;
        assertThat(detector.stalledNanos(now)).isEqualTo(601 * SECOND);
    }

    /**
     * Passes frames at an interval. A connection that stalls is followed by another one, which starts with
     * snapshots.
     */
    private void frames(int count, long interval) {
        for (int i = 0; i < count; i++) {
            for (long left = interval; left > 0; left -= SECOND / 2) {
                now += Math.min(left, SECOND / 2);
                if (detector.stalledNanos(now) > 0) {
                    stalls++;
                    detector.stalled(now);
                    detector.opened(now);
                    for (int snapshot = 0; snapshot < 100; snapshot++) {
                        now += MILLI;
                        detector.frame(now);
                    }
                }
            }
            detector.frame(now);
        }
    }
}
