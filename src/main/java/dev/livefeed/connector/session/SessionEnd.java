package dev.livefeed.connector.session;

/**
 * The end of a session's connection, or its failure to open.
 *
 * @param httpStatus status of a rejected handshake, otherwise 0
 * @param wasOpen whether the connection had been open
 * @param attempt number of the attempt since the last useful connection, from 1; 0 if this connection was useful
 * @param retryNanos time until the next attempt
 */
public record SessionEnd(String reason, int httpStatus, boolean wasOpen, int attempt, long retryNanos) {

    /** The same end with another text. */
    public SessionEnd because(String text) {
        return new SessionEnd(text, httpStatus, wasOpen, attempt, retryNanos);
    }

    public long retryMillis() {
        return retryNanos / 1_000_000L;
    }
}
