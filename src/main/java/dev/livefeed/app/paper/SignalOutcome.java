package dev.livefeed.app.paper;

/**
 * A signal and its outcome.
 *
 * @param orderId the resulting order, or -1
 * @param refused why there is no order, or null
 * @param atMicros event time at which the signal was processed
 */
public record SignalOutcome(Signal signal, long orderId, String refused, long atMicros) {}
