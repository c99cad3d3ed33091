package dev.livefeed.connector.session;

/**
 * The response to an HTTP request.
 *
 * @param status HTTP status code
 * @param resetAtMillis end of the rate limit, milliseconds since 1970, from {@code X-Bapi-Limit-Reset-Timestamp}; 0 if
 *     the header is missing
 * @param retryAfter the header {@code Retry-After}, or null
 * @param body complete content; owned by the receiver
 */
public record HttpAnswer(int status, long resetAtMillis, String retryAfter, byte[] body) {

    /** An answer that does not say when to ask again. */
    public HttpAnswer(int status, long resetAtMillis, byte[] body) {
        this(status, resetAtMillis, null, body);
    }
}
