package dev.livefeed.app.queue;

import dev.livefeed.protocol.model.Times;
import java.time.Instant;
import java.util.Map;

/**
 * The events dropped by a full queue, from the first until it had room again.
 *
 * @param events number of events
 * @param since when the first was dropped
 * @param until when the last was dropped
 * @param fromMicros earliest exchange time among them in microseconds since 1970, or -1
 * @param toMicros latest exchange time among them, or -1
 * @param symbols number of events by symbol; beyond a limit, all others together
 */
public record DroppedEvents(
        long events, Instant since, Instant until, long fromMicros, long toMicros, Map<String, Long> symbols) {

    /** Exchange times and symbols, for the log. */
    public String logged() {
        return (fromMicros < 0 ? "" : "from=" + Times.instant(fromMicros) + " to=" + Times.instant(toMicros) + " ")
                + "symbols=" + symbols;
    }

    /** Times, exchange times and symbols, for an alarm. */
    public String told() {
        return events + " events from " + since + " to " + until
                + (fromMicros < 0
                        ? ""
                        : ", exchange times " + Times.instant(fromMicros) + " to " + Times.instant(toMicros))
                + ", symbols " + symbols;
    }
}
