package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.ConnectorFeed;

/** A feed that receives WebSocket messages and HTTP responses. */
public interface NetworkFeed extends ConnectorFeed {

    /**
     * A link has been opened.
     *
     * @param synthetic whether the server marks its data as synthetic
     */
    void opened(int link, boolean synthetic);

    /**
     * A complete message was received.
     *
     * @param bytes valid during the call only
     * @param receivedAt time of the socket read, microseconds since 1970
     */
    void frame(int link, byte[] bytes, int offset, int length, long receivedAt);

    /** A WebSocket pong frame was received. */
    void pong(int link);

    /** A WebSocket ping frame was received, and answered with its payload. */
    default void pinged(int link) {}

    /**
     * A link could not be opened or was closed.
     *
     * @param reason for logs and statuses
     * @param httpStatus status of a rejected handshake, otherwise 0
     */
    void closed(int link, String reason, int httpStatus);

    /** A complete HTTP response was received, with any status. */
    void answered(int request, HttpAnswer answer);

    /** An HTTP request failed, or its response did not arrive in time or exceeded the maximum size. */
    void unanswered(int request, String reason);
}
