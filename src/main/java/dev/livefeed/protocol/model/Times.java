package dev.livefeed.protocol.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Conversions of microseconds since 1970, the time unit of events. */
public final class Times {

    private Times() {}

    /** The instant of a number of microseconds since 1970. */
    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    /** Microseconds since 1970, truncated. */
    public static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
    }

    /**
     * The instant of an ISO-8601 time, or the beginning of a day; in UTC unless it has another offset.
     *
     * @throws java.time.DateTimeException if the text is neither
     */
    public static Instant parse(String text) {
        if (text.length() == "2026-11-25".length()) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }

    /** The wall clock now, in microseconds. */
    public static long nowMicros() {
        return micros(Instant.now());
    }
}
