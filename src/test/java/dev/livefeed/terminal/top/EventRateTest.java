package dev.livefeed.terminal.top;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EventRateTest {

    @Test
    void isThatOfTheLastSeconds() {
        EventRate rate = new EventRate(10_000);
        assertThat(rate.perSecond(10_400)).as("too early").isNegative();
        for (long now = 10_000; now < 30_000; now += 100) {
            rate.add(now, 1);
        }
        assertThat(rate.perSecond(29_999)).isCloseTo(10, within(0.2));
        assertThat(rate.perSecond(32_500)).as("half of it is over").isCloseTo(5, within(1.0));
        assertThat(rate.perSecond(36_000)).isZero();
        assertThat(rate.perSecond(Long.MAX_VALUE / 2)).isZero();
    }
}
