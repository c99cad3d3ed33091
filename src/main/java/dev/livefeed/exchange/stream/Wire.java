package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.wire.Frame;

/** The way to one connected client. Calls never wait; what is sent after a close is dropped. */
public interface Wire {

    /** Hands over a frame; it may wait for {@link #flush()}. */
    void send(Frame frame);

    /** Lets everything handed over go out. */
    void flush();

    void close();

    /** Sends the first half of the frame's bytes and resets the connection. */
    void tear(Frame frame);

    /** Stops or resumes reading what the client sends. */
    void freeze(boolean frozen);
}
