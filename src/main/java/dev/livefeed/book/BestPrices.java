package dev.livefeed.book;

import java.math.BigDecimal;

/** The best prices of a book. */
public interface BestPrices {

    /** The best bid, or null. */
    BigDecimal bestBid();

    /** The best ask, or null. */
    BigDecimal bestAsk();
}
