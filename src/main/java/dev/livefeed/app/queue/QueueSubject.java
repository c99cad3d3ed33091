package dev.livefeed.app.queue;

/**
 * What an event is about, for the account of those that were dropped.
 *
 * @param symbol instrument, or null where it is about none
 * @param timestampMicros exchange time, microseconds since 1970, or -1 where it has none
 */
public record QueueSubject(String symbol, long timestampMicros) {}
