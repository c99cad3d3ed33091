package dev.livefeed.connector.feed.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.ManualTime;
import dev.livefeed.connector.sdk.RecordedLines;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Repeated figures are emitted once, whatever the number of symbols. */
class LatestFiguresTest {

    private final ManualTime time = new ManualTime();
    private final RecordedLines lines = new RecordedLines(time::micros);
    private final Outbox outbox = new Outbox(lines, "bybit", Outbox.Limits.DEFAULT);
    private final LatestFigures latest =
            new LatestFigures(new VenueContext(null, null, outbox, new ConnectorCounters(), null, null));

    private List<String> emit(int from, int until, int figure) {
        for (int i = from; i < until; i++) {
            InstrumentId instrument = InstrumentId.of("bybit", "linear", "S" + i + "USDT");
            BigDecimal price = BigDecimal.valueOf(figure);
            latest.emit(new PriceLimit(instrument, time.micros(), price, price, time.micros(), false), List.of(price));
            if (i % 1_000 == 0) {
                outbox.flush();
            }
        }
        outbox.flush();
        return lines.next().stream()
                .map(PriceLimit.class::cast)
                .map(PriceLimit::symbol)
                .toList();
    }

    @Test
    void allSymbolsThatTheVenueListsAreRemembered() {
        assertThat(emit(0, LatestFigures.MAX_SYMBOLS, 5)).hasSize(LatestFigures.MAX_SYMBOLS);
        assertThat(emit(0, LatestFigures.MAX_SYMBOLS, 5)).isEmpty();
        assertThat(emit(7, 9, 6)).containsExactly("S7USDT", "S8USDT");
    }

    @Test
    void beyondThatTheOneThatWasNotRepeatedForLongestIsEmittedAgain() {
        emit(0, LatestFigures.MAX_SYMBOLS, 5);
        emit(0, 1, 5);
        assertThat(emit(LatestFigures.MAX_SYMBOLS, LatestFigures.MAX_SYMBOLS + 1, 5))
                .hasSize(1);

        assertThat(emit(0, 1, 5)).isEmpty();
        assertThat(emit(1, 2, 5)).containsExactly("S1USDT");
        assertThat(emit(1, 2, 5)).isEmpty();
    }
}
