package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;

/** A connection to a client. Methods never block; frames sent after a close are dropped. */
public interface ClientConnection {

    /** Sends a frame, at the latest with the next {@link #flush()}. */
    void send(TextFrame frame);

    /** Sends all pending frames. */
    void flush();

    void close();

    /** Closes with a close frame, after the frames before it. */
    default void close(int code, String reason) {
        close();
    }

    /** Sends a WebSocket ping. Nothing is sent by default: Bybit's server sends none. */
    default void ping(String payload) {}

    /** Sends the first half of the frame's bytes and resets the connection. */
    void resetWithin(TextFrame frame);

    /** Stops or resumes reading from the client. */
    void setReadingPaused(boolean frozen);
}
