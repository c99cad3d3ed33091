package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.TextFrame;

/** The way to one connected client. Calls never wait; what is sent after a close is dropped. */
public interface ClientConnection {

    /** Hands over a frame; it may wait for {@link #flush()}. */
    void send(TextFrame frame);

    /** Lets everything handed over go out. */
    void flush();

    void close();

    /** Sends the first half of the frame's bytes and resets the connection. */
    void tear(TextFrame frame);

    /** Stops or resumes reading what the client sends. */
    void freeze(boolean frozen);
}
