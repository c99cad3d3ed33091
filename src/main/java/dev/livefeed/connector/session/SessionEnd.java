package dev.livefeed.connector.session;

/**
 * How a connection of a session ended, or why it could not be opened.
 *
 * @param httpStatus of a refused handshake, otherwise 0
 * @param wasOpen whether it had been open
 * @param attempt which attempt it was since a connection was last of use, from 1; 0 where this one was of use
 * @param retryNanos time until the next attempt
 */
public record SessionEnd(String reason, int httpStatus, boolean wasOpen, int attempt, long retryNanos) {

    public long retryMillis() {
        return retryNanos / 1_000_000L;
    }
}
