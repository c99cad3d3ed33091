package dev.livefeed.app.stream;

/** The stream's view of a client's socket. No method blocks. */
public interface ClientSink {

    /** Bytes that are queued and not yet written. */
    long pending();

    /** Queues a message. */
    void send(String json);

    /** Sends a ping. */
    void ping();

    /** Time of the client's last frame, by the hub's clock. */
    long heardAt();

    /** Sends the close reason and closes the connection without waiting for the client. */
    void close(int code, String reason);
}
