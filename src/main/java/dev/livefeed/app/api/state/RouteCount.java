package dev.livefeed.app.api.state;

/**
 * A running route.
 *
 * @param state in lower case, such as {@code started}
 * @param total exchanges since the start of the application
 * @param failed exchanges that failed, whether the failure was handled or not
 */
public record RouteCount(String id, String file, String state, long total, long failed, int inflight) {}
