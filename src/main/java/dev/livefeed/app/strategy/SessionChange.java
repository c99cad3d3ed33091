package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.time.Instant;

/**
 * The start or end of a session.
 *
 * @param session name of the session
 * @param opened true if it started
 * @param atMicros the scheduled event time; after a jump of the clock, the time after the jump
 */
public record SessionChange(String session, boolean opened, long atMicros) {

    public Instant at() {
        return Times.instant(atMicros);
    }
}
