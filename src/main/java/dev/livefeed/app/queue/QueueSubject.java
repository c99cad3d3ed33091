package dev.livefeed.app.queue;

/**
 * What an event is about, used to summarise dropped events.
 *
 * @param symbol symbol of the event, with its category in front if it is known ({@code spot:BTCUSDT}), or null
 * @param timestampMicros exchange time in microseconds since 1970, or -1
 */
public record QueueSubject(String symbol, long timestampMicros) {}
