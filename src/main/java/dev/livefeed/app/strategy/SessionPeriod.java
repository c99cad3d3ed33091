package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.time.Instant;

/**
 * A session on one day.
 *
 * @param session its name
 * @param window its times of day and zone, such as {@code 08:00-12:00 Europe/London}
 * @param startMicros microseconds since 1970, inclusive
 * @param endMicros exclusive
 */
public record SessionPeriod(String session, String window, long startMicros, long endMicros) {

    public Instant start() {
        return Times.instant(startMicros);
    }

    public Instant end() {
        return Times.instant(endMicros);
    }
}
