package dev.livefeed.connector.session;

import java.net.URI;

/**
 * Outbound operations of a feed. No method blocks; results are passed to the {@link NetworkFeed} later, on the same
 * thread.
 */
public interface Network {

    /**
     * Opens a WebSocket; the result is {@link NetworkFeed#opened} or {@link NetworkFeed#closed}.
     *
     * @param link a number that the feed has not used before
     */
    void open(int link, URI uri);

    /** Sends a text frame; ignored if the link is not open. */
    void send(int link, String text);

    /** Sends a WebSocket ping frame, answered by {@link NetworkFeed#pong}; ignored if the link is not open. */
    void ping(int link);

    /** Closes the link; no further event of it is delivered, not even {@link NetworkFeed#closed}. */
    void close(int link);

    /**
     * Sends a GET request; the result is {@link NetworkFeed#answered} or {@link NetworkFeed#unanswered}.
     *
     * @param request a number that the feed has not used before
     */
    void get(int request, URI uri);

    /** Closes all connections without notifying the feed. No other method may be called afterwards. */
    default void end() {}
}
