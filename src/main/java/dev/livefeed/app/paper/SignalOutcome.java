package dev.livefeed.app.paper;

/**
 * A signal and what became of it.
 *
 * @param orderId the order it led to, or -1
 * @param refused why it led to none, or null
 * @param atMicros event time at which it was taken
 */
public record SignalOutcome(Signal signal, long orderId, String refused, long atMicros) {}
