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

/** The order book of a symbol; its levels are there only while it is synced. */
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

    /** @param most levels a side */
    public static BookResponse of(BookView book, BookFigures figures, int most, boolean synthetic) {
        return new BookResponse(
                InstrumentBody.of(book.instrument()),
                book.state(),
                book.reason(),
                book.lastUpdateId() < 0 ? null : book.lastUpdateId(),
                book.timestampMicros() < 0 ? null : Times.instant(book.timestampMicros()),
                synthetic,
                figures,
                new Sides(side(book.bids(), most), side(book.asks(), most)));
    }

    private static List<List<BigDecimal>> side(Levels levels, int most) {
        List<List<BigDecimal>> side = new ArrayList<>();
        for (int i = 0; i < Math.min(levels.size(), most); i++) {
            side.add(List.of(levels.price(i), levels.qty(i)));
        }
        return side;
    }
}
