package dev.livefeed.exchange.stream;

/**
 * The top of a book topic as it was last told.
 *
 * @param bids levels as JSON pairs joined by commas, best first
 * @param asks likewise
 * @param changedAt milliseconds since 1970
 */
public record BookPage(String bids, String asks, long updateId, long sequence, long changedAt) {}
