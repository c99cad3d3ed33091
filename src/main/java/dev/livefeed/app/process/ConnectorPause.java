package dev.livefeed.app.process;

import java.time.Instant;

/**
 * A time in which no connector process is started, on request.
 *
 * @param reason who or what has asked for it
 */
public record ConnectorPause(String reason, Instant since) {

    @Override
    public String toString() {
        return reason + " since " + since;
    }
}
