package dev.livefeed.connector.session;

/**
 * The response to an HTTP request.
 *
 * @param status HTTP status code
 * @param resetAtMillis end of the rate limit, milliseconds since 1970, from {@code X-Bapi-Limit-Reset-Timestamp}; 0 if
 *     the header is missing
 * @param body complete content; owned by the receiver
 */
public record HttpAnswer(int status, long resetAtMillis, byte[] body) {}
