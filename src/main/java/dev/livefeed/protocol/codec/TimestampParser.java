package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.model.Times;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;

/** Parses both forms of a time: milliseconds since 1970 as a number, or an ISO-8601 date-time as a string. */
final class TimestampParser {

    /** No crypto exchange existed before. */
    private static final long EARLIEST = Times.micros(Instant.parse("2009-01-01T00:00:00Z"));

    private static final long DAY = 86_400_000_000L;
    private static final long AHEAD = 40 * DAY;

    private final LongSupplier nowMicros;

    /** One day after the last reading of the clock; earlier times need no new reading. */
    private long latest;

    TimestampParser(LongSupplier nowMicros) {
        this.nowMicros = nowMicros;
    }

    /**
     * Returns microseconds since 1970.
     *
     * @param field name of the field, for the error message
     */
    long parse(JsonParser p, JsonToken value, String field) throws IOException, InvalidEventException {
        return checked(micros(p, value, field), field);
    }

    /** As {@link #parse}, but up to 40 days ahead. */
    long parseAhead(JsonParser p, JsonToken value, String field) throws IOException, InvalidEventException {
        long micros = micros(p, value, field);
        if (micros < EARLIEST || micros > nowMicros.getAsLong() + AHEAD) {
            throw new InvalidEventException(
                    InvalidReason.BAD_TIMESTAMP,
                    field + " is " + Times.instant(micros) + ", must lie between 2009 and 40 days from now");
        }
        return micros;
    }

    private static long micros(JsonParser p, JsonToken value, String field) throws IOException, InvalidEventException {
        if (value == JsonToken.VALUE_NUMBER_INT && p.getTextLength() <= 15) {
            return p.getLongValue() * 1_000L;
        }
        if (value == JsonToken.VALUE_NUMBER_FLOAT && p.getTextLength() <= 32) {
            BigDecimal millis = decimal(p);
            if (millis != null && millis.precision() - (long) millis.scale() <= 15) {
                return millis.movePointRight(3).longValue();
            }
        }
        if (value == JsonToken.VALUE_STRING) {
            try {
                return iso(p.getText());
            } catch (DateTimeException | ArithmeticException e) {
                throw new InvalidEventException(
                        InvalidReason.BAD_TIMESTAMP,
                        field + " is " + LineTree.shown(p, value)
                                + ", must be an ISO-8601 date-time or a number of milliseconds");
            }
        }
        throw new InvalidEventException(
                InvalidReason.BAD_TIMESTAMP,
                field + " is " + LineTree.shown(p, value)
                        + ", must be milliseconds since 1970 or an ISO-8601 date-time");
    }

    /** The number; null if its exponent has more than 32 bits. */
    private static BigDecimal decimal(JsonParser p) throws IOException {
        try {
            return p.getDecimalValue();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether a time in microseconds since 1970 lies between 2009 and one day from now. */
    boolean valid(long micros) {
        return micros >= EARLIEST && (micros <= latest || micros <= (latest = nowMicros.getAsLong() + DAY));
    }

    /** Returns the same time if it is valid. */
    long checked(long micros, String field) throws InvalidEventException {
        if (!valid(micros)) {
            throw new InvalidEventException(
                    InvalidReason.BAD_TIMESTAMP,
                    field + " is " + Times.instant(micros) + ", must lie between 2009 and one day from now");
        }
        return micros;
    }

    private static long iso(String text) {
        var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        Instant instant = parsed instanceof OffsetDateTime withOffset
                ? withOffset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
        return Times.micros(instant);
    }
}
