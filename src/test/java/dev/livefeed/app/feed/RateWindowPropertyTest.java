package dev.livefeed.app.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Compares the window with a list of all times. */
class RateWindowPropertyTest {

    @Property
    void countsTheLastSixtySeconds(
            @ForAll @LongRange(min = 0, max = 10_000_000) long start,
            @ForAll List<@IntRange(min = 0, max = 15_000) Integer> gaps) {
        RateWindow window = new RateWindow();
        List<Long> times = new ArrayList<>();
        long now = start;
        for (int gap : gaps) {
            now += gap;
            window.add(now);
            times.add(now);
            long second = now / 1_000;

            assertThat(window.lastMinute(now))
                    .isEqualTo(times.stream()
                            .filter(t -> second - t / 1_000 < RateWindow.SECONDS)
                            .count());
        }
        assertThat(window.total()).isEqualTo(gaps.size());
        assertThat(window.lastMinute(now + 61_000)).isZero();
    }
}
