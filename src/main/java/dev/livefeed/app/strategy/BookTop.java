package dev.livefeed.app.strategy;

import dev.livefeed.app.market.BookView;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The best level of each side of a local order book.
 *
 * @param atMicros exchange time of the update
 */
public record BookTop(
        InstrumentId instrument, BigDecimal bid, BigDecimal bidQty, BigDecimal ask, BigDecimal askQty, long atMicros) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    /** The top of a book, or null if it may not be read or a side is empty. */
    static BookTop of(BookView book) {
        if (book == null || book.bids().isEmpty() || book.asks().isEmpty()) {
            return null;
        }
        return new BookTop(
                book.instrument(),
                book.bids().price(0),
                book.bids().qty(0),
                book.asks().price(0),
                book.asks().qty(0),
                book.timestampMicros());
    }

    /** Ask minus bid. */
    public BigDecimal spread() {
        return ask.subtract(bid);
    }

    /** Exact midpoint of bid and ask. */
    public BigDecimal mid() {
        return bid.add(ask).multiply(new BigDecimal("0.5"));
    }

    /** {@code (bid size - ask size) / (bid size + ask size)}, from -1 to 1, four decimal places. */
    public BigDecimal imbalance() {
        return bidQty.subtract(askQty).divide(bidQty.add(askQty), 4, RoundingMode.HALF_EVEN);
    }
}
