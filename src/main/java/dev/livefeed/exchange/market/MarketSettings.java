package dev.livefeed.exchange.market;

/**
 * Settings shared by all simulated markets of an exchange.
 *
 * @param seed seed of all random values
 * @param speed factor on the usual rate of orders, greater than 0
 * @param levels price levels per side, at least 1
 * @param tradesKept trades kept per market
 */
public record MarketSettings(long seed, double speed, int levels, int tradesKept) {}
