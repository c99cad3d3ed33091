package dev.livefeed.app.queue;

/**
 * What an event is about, used to summarise dropped events.
 *
 * @param symbol symbol of the event, or null
 * @param timestampMicros exchange time in microseconds since 1970, or -1
 */
public record QueueSubject(String symbol, long timestampMicros) {}
