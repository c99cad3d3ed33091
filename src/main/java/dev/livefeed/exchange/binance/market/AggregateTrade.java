package dev.livefeed.exchange.binance.market;

/**
 * Consecutive trades at one price with takers on one side, as one trade.
 *
 * @param at time of the last of them, milliseconds since 1970
 * @param buy whether the taker bought
 */
public record AggregateTrade(long id, long ticks, long lots, long firstId, long lastId, long at, boolean buy) {}
