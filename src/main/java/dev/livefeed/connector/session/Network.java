package dev.livefeed.connector.session;

import java.net.URI;

/**
 * What a feed asks of the network. Nothing waits: what comes of it is told to the {@link NetworkFeed}, later and by the
 * same thread.
 */
public interface Network {

    /**
     * Opens a WebSocket; answered by opened or closed.
     *
     * @param link a number the feed has not used before
     */
    void open(int link, URI uri);

    /** Sends a text frame; nothing happens where the link is not open. */
    void send(int link, String text);

    /** Sends a ping of the WebSocket protocol, answered by pong; nothing happens where the link is not open. */
    void ping(int link);

    /** Closes the link; no further frame of it is delivered, and no word of its end. */
    void close(int link);

    /**
     * Sends a GET request; answered by answered or unanswered.
     *
     * @param request a number the feed has not used before
     */
    void get(int request, URI uri);

    /** Nothing more will be asked: ends every connection, without a word to the feed. */
    default void end() {}
}
