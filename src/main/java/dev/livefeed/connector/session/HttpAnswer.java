package dev.livefeed.connector.session;

/**
 * The answer to an HTTP request.
 *
 * @param status such as 200
 * @param resetAtMillis the time at which a rate limit ends, from {@code X-Bapi-Limit-Reset-Timestamp}, or 0
 * @param retryAfter the header {@code Retry-After}, or null
 * @param body the whole content; the receiver's own
 */
public record HttpAnswer(int status, long resetAtMillis, String retryAfter, byte[] body) {

    /** An answer that does not say when to ask again. */
    public HttpAnswer(int status, long resetAtMillis, byte[] body) {
        this(status, resetAtMillis, null, body);
    }
}
