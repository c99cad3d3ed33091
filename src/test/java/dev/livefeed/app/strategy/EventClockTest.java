package dev.livefeed.app.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventClockTest {

    private static final long NOW = 1_700_000_000_000_000L;
    private static final long HOUR = 3_600_000_000L;

    private final EventClock clock = new EventClock();

    @Test
    void repeatedOldDepthStepsBack() {
        clock.depth(NOW);
        for (int i = 1; i < EventClock.DEPTHS; i++) {
            assertThat(clock.depth(NOW - HOUR + i)).isFalse();
            assertThat(clock.now()).isEqualTo(NOW);
        }

        assertThat(clock.depth(NOW - HOUR + 500)).isTrue();
        assertThat(clock.now()).isEqualTo(NOW - HOUR + 500);
        assertThat(clock.steps()).isEqualTo(1);
    }

    @Test
    void onlyALongSeriesOfOldTradesStepsBack() {
        clock.trade(NOW);
        for (int i = 1; i < EventClock.TRADES; i++) {
            assertThat(clock.trade(NOW - HOUR + i)).isFalse();
        }
        assertThat(clock.trade(NOW - HOUR)).isTrue();
        assertThat(clock.now()).isEqualTo(NOW - HOUR);
    }

    @Test
    void oneCurrentEventResetsTheCount() {
        clock.trade(NOW);
        for (int round = 0; round < 5; round++) {
            for (int i = 1; i < EventClock.TRADES; i++) {
                clock.trade(NOW - HOUR);
            }
            clock.depth(NOW - 1);
        }

        assertThat(clock.steps()).isZero();
        assertThat(clock.now()).isEqualTo(NOW);
    }

    @Test
    void timeAheadOfTheWallClockIsDiscarded() {
        EventClock ahead = new EventClock(() -> NOW);
        ahead.trade(NOW + HOUR);

        assertThat(ahead.trade(NOW - 1_000)).isTrue();
        assertThat(ahead.now()).isEqualTo(NOW - 1_000);
    }

    @Test
    void wallClockBehindDiscardsNothing() {
        EventClock behind = new EventClock(() -> NOW - HOUR);
        behind.trade(NOW);

        assertThat(behind.trade(NOW - 120_000_000L)).isFalse();
        assertThat(behind.now()).isEqualTo(NOW);
    }
}
