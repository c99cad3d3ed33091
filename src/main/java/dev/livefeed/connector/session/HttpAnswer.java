package dev.livefeed.connector.session;

/**
 * The answer to an HTTP request.
 *
 * @param status such as 200
 * @param resetAtMillis the time at which a rate limit ends, from {@code X-Bapi-Limit-Reset-Timestamp}, or 0
 * @param body the whole content; the receiver's own
 */
public record HttpAnswer(int status, long resetAtMillis, byte[] body) {}
