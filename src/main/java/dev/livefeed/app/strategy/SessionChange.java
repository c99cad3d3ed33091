package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.time.Instant;

/**
 * A session began or ended.
 *
 * @param session its name
 * @param opened true where it began
 * @param atMicros the planned moment, on event time; where time has leapt, the moment after the leap
 */
public record SessionChange(String session, boolean opened, long atMicros) {

    /** When. */
    public Instant at() {
        return Times.instant(atMicros);
    }
}
