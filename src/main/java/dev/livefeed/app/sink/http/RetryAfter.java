package dev.livefeed.app.sink.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: how long a server asks to be left alone. */
final class RetryAfter {

    /** A server that asks for more is asked again after this time. */
    private static final Duration MOST = Duration.ofMinutes(5);

    private RetryAfter() {}

    /** Reads seconds or a date; zero if it is neither, or in the past. */
    static Duration parse(String value, Instant now) {
        String text = value.strip();
        if (text.matches("\\d+")) {
            return text.length() > 6 ? MOST : limited(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            return limited(Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration limited(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
