package dev.livefeed.connector.bybit.context;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.session.HttpAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;

/**
 * A failed REST request, with the action to take.
 *
 * @param reason one readable line
 * @param retryAfter the wait that the venue requires, or zero if it does not say
 */
public record RestFailure(Kind kind, String reason, Duration retryAfter) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration BAN = Duration.ofMinutes(10);
    private static final Set<Integer> TRANSIENT_CODES = Set.of(-1, 0, 429, 10000, 10006, 10016, 10018);
    private static final Set<Integer> BLOCKED_CODES = Set.of(10009, 10010, 10024, 10027);

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

    /** @param nowMillis wall clock, for headers with an absolute time */
    static RestFailure of(HttpAnswer answer, long nowMillis) {
        Duration wait = retryAfter(answer, nowMillis);
        if (answer.status() != 200) {
            return ofStatus(answer, wait);
        }
        int code = -1;
        String message = "";
        try (JsonParser p = JSON.createParser(answer.body())) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    String name = p.currentName();
                    JsonToken value = p.nextToken();
                    if (name.equals("retCode") && value == JsonToken.VALUE_NUMBER_INT) {
                        code = (int) Math.min(p.getLongValue(), Integer.MAX_VALUE);
                    } else if (name.equals("retMsg") && value == JsonToken.VALUE_STRING) {
                        message = line(p.getText());
                    } else {
                        p.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            code = -1;
        }
        if (code == -1) {
            return new RestFailure(Kind.TRANSIENT, "the response has no retCode", wait);
        }
        Kind kind = TRANSIENT_CODES.contains(code)
                ? Kind.TRANSIENT
                : BLOCKED_CODES.contains(code) ? Kind.BLOCKED : Kind.REFUSED;
        return new RestFailure(kind, "retCode " + code + ": " + message, wait);
    }

    private static RestFailure ofStatus(HttpAnswer answer, Duration wait) {
        int status = answer.status();
        String message = "HTTP " + status;
        if (status == 451) {
            return new RestFailure(Kind.BLOCKED, message + ": not served in this region", wait);
        }
        if (status == 403) {
            // Either the address exceeded the rate limit, which ends after ten minutes, or it is not served at all.
            boolean tooOften = new String(answer.body(), StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .contains("too frequent");
            return tooOften
                    ? new RestFailure(Kind.TRANSIENT, message + ": too many requests", wait.isZero() ? BAN : wait)
                    : new RestFailure(Kind.BLOCKED, message + ": not served to this address", wait);
        }
        boolean passes = status == 408 || status == 418 || status == 429 || status >= 500;
        return new RestFailure(passes ? Kind.TRANSIENT : Kind.REFUSED, message, wait);
    }

    /** The reset time of the rate limit, otherwise {@code Retry-After}, which is in seconds or a date. */
    private static Duration retryAfter(HttpAnswer answer, long nowMillis) {
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

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
