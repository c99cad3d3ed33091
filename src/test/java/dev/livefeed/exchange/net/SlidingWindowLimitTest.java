package dev.livefeed.exchange.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingWindowLimitTest {

    private static final long MILLI = 1_000_000;

    @Test
    void allowsAsManyAsTheLimitInAnyWindow() {
        SlidingWindowLimit window = new SlidingWindowLimit(3, 100);

        assertThat(window.tryAcquire(0)).isTrue();
        assertThat(window.tryAcquire(10 * MILLI)).isTrue();
        assertThat(window.tryAcquire(20 * MILLI)).isTrue();
        assertThat(window.tryAcquire(99 * MILLI)).isFalse();
        assertThat(window.tryAcquire(100 * MILLI)).isTrue();
        assertThat(window.tryAcquire(105 * MILLI)).isFalse();
        assertThat(window.tryAcquire(110 * MILLI)).isTrue();
    }
}
