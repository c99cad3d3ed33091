package dev.livefeed.soak;

import java.math.BigDecimal;

/**
 * A trade of the exchange.
 *
 * @param number consecutive number of the trade in its market
 * @param atMillis match time, milliseconds since 1970
 */
record MadeTrade(long number, String id, long atMillis, BigDecimal price, BigDecimal qty, boolean buy, long seq) {}
