package dev.livefeed.exchange.venue;

/**
 * A position closed by force.
 *
 * @param at milliseconds since 1970
 * @param longPosition whether a long position was closed, by selling
 * @param lots size in lots
 * @param ticks the bankruptcy price in ticks
 */
public record ForcedClose(long at, boolean longPosition, long lots, long ticks) {}
