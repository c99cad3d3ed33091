package dev.livefeed.connector.session;

/**
 * Takes what happens to a link of the network: a session, or a connection of several. It ignores what is about another
 * link, such as one that it has given up.
 */
public interface NetworkLink {

    /** See {@link NetworkFeed#opened}. */
    void opened(int link, boolean synthetic);

    /** See {@link NetworkFeed#frame}. */
    void frame(int link, byte[] bytes, int offset, int length, long receivedAt);

    /** See {@link NetworkFeed#pong}. */
    void pongFrame(int link);

    /** See {@link NetworkFeed#pinged}. */
    default void pinged(int link) {}

    /** See {@link NetworkFeed#closed}. */
    void closed(int link, String reason, int httpStatus);
}
