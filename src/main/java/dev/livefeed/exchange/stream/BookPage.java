package dev.livefeed.exchange.stream;

/**
 * The best levels of a book topic in a published state.
 *
 * @param bids levels as JSON pairs joined by commas, best first
 * @param asks likewise
 * @param changedAt milliseconds since 1970
 */
public record BookPage(String bids, String asks, long updateId, long sequence, long changedAt) {}
