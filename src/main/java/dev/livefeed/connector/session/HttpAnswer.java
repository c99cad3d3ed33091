package dev.livefeed.connector.session;

/**
 * The response to an HTTP request.
 *
 * @param status HTTP status code
 * @param resetAtMillis end of the rate limit, milliseconds since 1970, from {@code X-Bapi-Limit-Reset-Timestamp}; 0 if
 *     the header is missing
 * @param retryAfter the header {@code Retry-After}, or null
 * @param usedWeight weight of the requests in this minute, from {@code X-MBX-USED-WEIGHT-1M}; -1 if the header is
 *     missing
 * @param body complete content; owned by the receiver
 */
public record HttpAnswer(int status, long resetAtMillis, String retryAfter, int usedWeight, byte[] body) {

    /** An answer that does not say how much of a limit is used. */
    public HttpAnswer(int status, long resetAtMillis, String retryAfter, byte[] body) {
        this(status, resetAtMillis, retryAfter, -1, body);
    }

    /** An answer that does not say when to ask again. */
    public HttpAnswer(int status, long resetAtMillis, byte[] body) {
        this(status, resetAtMillis, null, body);
    }
}
