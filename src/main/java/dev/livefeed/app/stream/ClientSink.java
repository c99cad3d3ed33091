package dev.livefeed.app.stream;

/** The socket of a client, as the stream sees it. No call of it waits. */
public interface ClientSink {

    /** Bytes that were handed over and are not yet written. */
    long pending();

    /** Hands a message over. */
    void send(String json);

    /** Asks the client for a sign of life. */
    void ping();

    /** When the last frame of the client came, by the clock of the hub. */
    long heardAt();

    /** Says why, then ends the connection, read or unread. */
    void close(int code, String reason);
}
