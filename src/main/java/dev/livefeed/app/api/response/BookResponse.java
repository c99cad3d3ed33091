package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.BookFigures;
import dev.livefeed.app.market.BookState;
import dev.livefeed.app.market.BookView;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The order book of a symbol; it has levels only while it is synced. */
public record BookResponse(
        @JsonUnwrapped InstrumentBody instrument,
        BookState state,
        String reason,
        Long lastUpdateId,
        Instant ts,
        boolean synthetic,
        @JsonUnwrapped BookFigures figures,
        @JsonUnwrapped Sides sides) {

    /** Levels of price and quantity, best first. */
    public record Sides(List<List<BigDecimal>> bids, List<List<BigDecimal>> asks) {}

    /** @param maxLevels maximum number of levels a side */
    public static BookResponse of(BookView book, BookFigures figures, int maxLevels, boolean synthetic) {
        return new BookResponse(
                InstrumentBody.of(book.instrument()),
                book.state(),
                book.reason(),
                book.lastUpdateId() < 0 ? null : book.lastUpdateId(),
                book.timestampMicros() < 0 ? null : Times.instant(book.timestampMicros()),
                synthetic,
                figures,
                new Sides(side(book.bids(), maxLevels), side(book.asks(), maxLevels)));
    }

    private static List<List<BigDecimal>> side(Levels levels, int maxLevels) {
        List<List<BigDecimal>> side = new ArrayList<>();
        for (int i = 0; i < Math.min(levels.size(), maxLevels); i++) {
            side.add(List.of(levels.price(i), levels.qty(i)));
        }
        return side;
    }
}
