package dev.livefeed.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The venue of log lines. */
class LogVenueTest {

    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void oneSource() {
        LogVenue.show(false);
    }

    private void look() {
        seen.add(MDC.get(LogVenue.KEY));
    }

    @Test
    void aTaskMarksItsLinesAndLeavesTheThreadAsItWas() {
        LogVenue.show(true);
        LogVenue.in("bybit", () -> {
                    look();
                    LogVenue.in("binance", this::look).run();
                    look();
                })
                .run();
        look();

        assertThat(seen).containsExactly("bybit", "binance", "bybit", null);
    }

    @Test
    void withOneSourceNothingIsShown() {
        LogVenue.in("bybit", this::look).run();

        assertThat(seen).containsExactly((String) null);
    }
}
