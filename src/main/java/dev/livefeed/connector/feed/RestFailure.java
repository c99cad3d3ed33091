package dev.livefeed.connector.feed;

import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.naming.OneLine;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * A failed REST request, with the action to take.
 *
 * @param reason one readable line
 * @param retryAfter the wait that the venue requires, or zero if it does not say
 */
public record RestFailure(Kind kind, String reason, Duration retryAfter) {

    /** Kind of failure, which determines whether a retry makes sense. */
    public enum Kind {
        /** Temporary: retry. */
        TRANSIENT,
        /** The venue does not serve this address, at least for some time: send no more requests. */
        BLOCKED,
        /** The request is invalid: a retry gives the same result. */
        REFUSED
    }

    /** A failure without a usable response. */
    public static RestFailure unusable(String reason) {
        return new RestFailure(Kind.TRANSIENT, reason, Duration.ZERO);
    }

    /** A failure by HTTP status alone. */
    public static RestFailure ofStatus(int status, Duration retryAfter) {
        String message = "HTTP " + status;
        if (status == 451) {
            return new RestFailure(Kind.BLOCKED, message + ": not served in this region", retryAfter);
        }
        if (status == 403) {
            return new RestFailure(Kind.BLOCKED, message + ": not served to this address", retryAfter);
        }
        boolean passes = status == 408 || status == 418 || status == 429 || status >= 500;
        return new RestFailure(passes ? Kind.TRANSIENT : Kind.REFUSED, message, retryAfter);
    }

    /** The reset time of the rate limit, otherwise {@code Retry-After}, which is in seconds or a date. */
    public static Duration retryAfter(HttpAnswer answer, long nowMillis) {
        if (answer.resetAtMillis() > 0) {
            return Duration.ofMillis(Math.max(0, answer.resetAtMillis() - nowMillis));
        }
        String text = answer.retryAfter() == null ? "" : answer.retryAfter().strip();
        if (text.matches("\\d{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            long at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Duration.ofMillis(Math.max(0, at - nowMillis));
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** The text as one short line. */
    public static String line(String text) {
        String line = OneLine.of(text);
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
