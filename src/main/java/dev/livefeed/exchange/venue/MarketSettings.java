package dev.livefeed.exchange.venue;

/**
 * What all markets of an exchange have in common.
 *
 * @param seed decides everything that is drawn
 * @param speed times the usual number of orders, greater than 0
 * @param levels price levels a side, at least 1
 * @param tapeLength trades remembered for each market
 */
public record MarketSettings(long seed, double speed, int levels, int tapeLength) {}
