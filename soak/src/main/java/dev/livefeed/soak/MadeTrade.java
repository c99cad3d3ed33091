package dev.livefeed.soak;

import java.math.BigDecimal;

/**
 * A trade as the exchange made it.
 *
 * @param number counts the trades of its market without holes
 * @param atMillis match time
 */
record MadeTrade(long number, String id, long atMillis, BigDecimal price, BigDecimal qty, boolean buy, long seq) {}
