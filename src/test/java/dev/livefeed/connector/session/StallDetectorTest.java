package dev.livefeed.connector.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A market that turns from busy to quiet is learned, and costs few connections. */
class StallDetectorTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final StallDetector pulse = new StallDetector(Duration.ofSeconds(10));
    private long now;
    private int deaths;

    @Test
    void aMarketThatTurnsQuietCostsFewConnections() {
        pulse.begin(now);
        frames(1_000, 50 * MILLI);
        frames(200, 15 * SECOND);
        assertThat(deaths).isEqualTo(1);

        frames(50, 100 * SECOND);
        assertThat(deaths).isLessThanOrEqualTo(3);
    }

    @Test
    void aConnectionThatIsBusyAgainSoonDiesSoonAgain() {
        pulse.begin(now);
        frames(1_000, 50 * MILLI);
        frames(1, 11 * SECOND);
        assertThat(deaths).isEqualTo(1);

        frames(400, 50 * MILLI);

        now += 11 * SECOND;
        assertThat(pulse.deadFor(now)).isEqualTo(11 * SECOND);
    }

    @Test
    void theSnapshotsOfANewConnectionAreNotTheRhythm() {
        pulse.begin(now);
        frames(200, SECOND);

        pulse.begin(now);
        frames(1_000, MILLI);

        now += 30 * SECOND;
        assertThat(pulse.deadFor(now)).isZero();
    }

    @Test
    void theRhythmOfTopicsThatLeftIsForgotten() {
        pulse.begin(now);
        frames(1_000, 50 * MILLI);

        pulse.forget();
        frames(100, 15 * SECOND);

        assertThat(deaths).isZero();
    }

    @Test
    void noDeathTeachesMoreThanTenMinutes() {
        pulse.begin(now);
        frames(1_000, 50 * MILLI);
        now += 100_000 * SECOND;
        pulse.died(now);
        pulse.begin(now);

        now += 601 * SECOND;
        assertThat(pulse.deadFor(now)).isEqualTo(601 * SECOND);
    }

    /** Frames so far apart; a connection that dies before the next one is followed by another, with its snapshots. */
    private void frames(int count, long gap) {
        for (int i = 0; i < count; i++) {
            for (long left = gap; left > 0; left -= SECOND / 2) {
                now += Math.min(left, SECOND / 2);
                if (pulse.deadFor(now) > 0) {
                    deaths++;
                    pulse.died(now);
                    pulse.begin(now);
                    for (int snapshot = 0; snapshot < 100; snapshot++) {
                        now += MILLI;
                        pulse.beat(now);
                    }
                }
            }
            pulse.beat(now);
        }
    }
}
