package dev.livefeed.connector.session;

import java.time.Duration;

/**
 * Timeouts and intervals of a session.
 *
 * @param open timeout for opening a connection: TCP, TLS and WebSocket handshake together
 * @param ping interval between pings, from the opening of the connection
 * @param pong timeout for the answer to a ping
 * @param silence time without any frame after which a connection that carried data is pinged at once
 * @param dataSilence minimum time without data after which a connection with steady data that answers pings is checked
 *     for a stall; zero to disable
 * @param reconnectFirst first wait before reconnecting
 * @param reconnectLongest longest wait before reconnecting
 * @param recycle approximate age at which a connection is replaced; zero to disable
 */
public record SessionTimeouts(
        Duration open,
        Duration ping,
        Duration pong,
        Duration silence,
        Duration dataSilence,
        Duration reconnectFirst,
        Duration reconnectLongest,
        Duration recycle) {

    /** The same for a session whose replacement is arranged elsewhere. */
    public SessionTimeouts withoutReplacement() {
        return new SessionTimeouts(
                open, ping, pong, silence, dataSilence, reconnectFirst, reconnectLongest, Duration.ZERO);
    }

    /** The same for a stream that may be silent for hours: silence does not end it, and it is not replaced. */
    public SessionTimeouts forSilentStream() {
        return new SessionTimeouts(
                open, ping, pong, silence, Duration.ZERO, reconnectFirst, reconnectLongest, Duration.ZERO);
    }
}
