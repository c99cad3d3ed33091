package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Counts of a UTC day. */
class DayCounterTest {

    @Test
    void countsStartAnewAtMidnight() {
        long[] now = {Instant.parse("2026-11-27T23:59:59.999Z").toEpochMilli()};
        DayCounter counter = new DayCounter(() -> now[0]);
        counter.add(2);
        counter.add(1);
        assertThat(counter.count()).isEqualTo(3);

        now[0]++;
        assertThat(counter.count()).isZero();
        counter.add(4);
        assertThat(counter.count()).isEqualTo(4);
    }
}
