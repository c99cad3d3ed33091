package dev.livefeed.app.route.outcome;

import java.time.Instant;

/**
 * How the exchanges of a route have ended since the start of the application.
 *
 * @param succeeded those that ended without an exception, handled or not
 * @param failed those that failed in a step of this route; not those of lines that are no events, and not requests that
 *     were refused
 * @param since when the first of the last failures was, without a success in between; null if the last one succeeded
 * @param step id of the step that failed last, or null if unknown
 * @param cause of the last failure, or null
 */
public record RouteOutcome(long succeeded, long failed, Instant since, String step, Throwable cause) {

    /** Of a route without exchanges. */
    public static final RouteOutcome NONE = new RouteOutcome(0, 0, null, null, null);
}
