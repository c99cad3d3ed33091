package dev.livefeed.connector.session;

import java.time.Duration;

/**
 * How long a session waits for what.
 *
 * @param open a connection must be open within it, TCP, TLS and WebSocket handshake together
 * @param ping time between pings, counted from the moment of connecting
 * @param pong a ping must be answered within it
 * @param silence after so long without any frame on a connection that had data, a ping goes out at once
 * @param dataSilence a connection with steady data may be without any for so long at least, whatever else comes;
 *     zero: for ever
 * @param reconnectFirst first wait before connecting again
 * @param reconnectLongest longest wait before connecting again
 * @param recycle a connection is replaced by plan once it is about so old; zero: never
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

    /** The same for a stream that may have nothing to tell for hours: no silence ends it, and it is not replaced. */
    public SessionTimeouts forSilentStream() {
        return new SessionTimeouts(
                open, ping, pong, silence, Duration.ZERO, reconnectFirst, reconnectLongest, Duration.ZERO);
    }
}
