package dev.livefeed.exchange.market;

/**
 * A liquidated position.
 *
 * @param at milliseconds since 1970
 * @param longPosition whether the position was long, so that it was closed by selling
 * @param lots size in lots
 * @param ticks the bankruptcy price in ticks
 */
public record MarketLiquidation(long at, boolean longPosition, long lots, long ticks) {}
