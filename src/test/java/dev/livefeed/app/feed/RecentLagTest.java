package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lag of the last minute. */
class RecentLagTest {

    private long now;
    private final RecentLag lag = new RecentLag(() -> now);

    @Test
    void withoutEventsThereIsNone() {
        assertThat(lag.quantiles()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 100, 1_000, 123_456, 3_600_000_000L})
    void aValueIsFoundWithinAnEighth(long micros) {
        lag.record(micros, 0, 0);

        RecentLag.Quantiles found = lag.quantiles();
        assertThat(found.events()).isOne();
        assertThat(found.p50Micros()).isGreaterThanOrEqualTo(micros).isCloseTo(micros, Percentage.withPercentage(12.5));
        assertThat(found.p99Micros()).isEqualTo(found.p50Micros());
    }

    @Test
    void medianAndTailDiffer() {
        for (int i = 0; i < 98; i++) {
            lag.record(600, 0, 400);
        }
        lag.record(1_000_000, 0, 0);
        lag.record(1_000_000, 0, 0);

        assertThat(lag.quantiles().p50Micros()).isCloseTo(1_000, within(125L));
        assertThat(lag.quantiles().p99Micros()).isCloseTo(1_000_000, within(125_000L));
        assertThat(lag.quantiles().events()).isEqualTo(100);
    }

    @Test
    void eventsOfMoreThanAMinuteAgoDoNotCount() {
        lag.record(1_000_000, 0, 0);
        now = 50_000;
        lag.record(10, 0, 0);
        assertThat(lag.quantiles().events()).isEqualTo(2);

        now = 60_000;
        assertThat(lag.quantiles().p99Micros()).isEqualTo(10);
        now = 120_000;
        assertThat(lag.quantiles()).isNull();
        // The place of the first events is used again.
        now = 70_000 * 7;
        lag.record(20, 0, 0);
        assertThat(lag.quantiles().events()).isOne();
    }
}
