package dev.livefeed.app.stream;

/** The stream's view of a client's socket. No method blocks. */
public interface ClientSink {

    /** Bytes of memory that messages take which are queued and not yet written to the client. */
    long pending();

    /** Queues a message, which is written after {@link #flush} at the latest. */
    void send(StreamMessage message);

    /** Begins to write what has been queued. */
    void flush();

    /** Sends a ping. */
    void ping();

    /** Time of the client's last frame, by the hub's clock. */
    long heardAt();

    /** Sends the close reason and closes the connection without waiting for the client. */
    void close(int code, String reason);
}
