package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.ConnectorFeed;

/** A feed that lives from WebSocket frames and answers to HTTP requests. */
public interface NetworkFeed extends ConnectorFeed {

    /**
     * The link is open.
     *
     * @param synthetic the other side says of itself that its data is made up
     */
    void opened(int link, boolean synthetic);

    /**
     * A whole text message came.
     *
     * @param bytes valid during the call only
     * @param receivedAt microseconds since 1970 at which it was read from the socket
     */
    void frame(int link, byte[] bytes, int offset, int length, long receivedAt);

    /** A pong of the WebSocket protocol came. */
    void pong(int link);

    /**
     * The link could not be opened, or has ended.
     *
     * @param httpStatus of a refused handshake, otherwise 0
     */
    void closed(int link, String reason, int httpStatus);

    /** An HTTP answer, whatever its status. */
    void answered(int request, HttpAnswer answer);

    /** No HTTP answer came, or none within its limits. */
    void unanswered(int request, String reason);
}
