package dev.livefeed.exchange.market;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The candle intervals of the venues, aligned to UTC. */
public enum Interval {
    /** Of Binance only, as are those of 8 hours and 3 days. */
    S1(Duration.ofSeconds(1)),
    M1("1", 1),
    M3("3", 3),
    M5("5", 5),
    M15("15", 15),
    M30("30", 30),
    H1("60", 60),
    H2("120", 120),
    H4("240", 240),
    H6("360", 360),
    H8(Duration.ofHours(8)),
    H12("720", 720),
    DAY("D", 1440),
    D3(Duration.ofDays(3)),
    WEEK("W", 7 * 1440),
    MONTH("M", 0);

    private static final long MINUTE = 60_000;
    // The first Monday after 1970-01-01, a Thursday.
    private static final long FIRST_MONDAY = 4 * 1440 * MINUTE;

    private final String id;
    private final long millis;

    Interval(String id, int minutes) {
        this.id = id;
        this.millis = minutes * MINUTE;
    }

    Interval(Duration length) {
        this.id = null;
        this.millis = length.toMillis();
    }

    /** Bybit's word for it; null if it has none. */
    public String id() {
        return id;
    }

    /** The interval of a word of Bybit. */
    public static Optional<Interval> of(String id) {
        for (Interval interval : values()) {
            if (id.equals(interval.id)) {
                return Optional.of(interval);
            }
        }
        return Optional.empty();
    }

    /** Start of the candle that contains the given time, both in milliseconds since 1970. */
    public long floor(long at) {
        return switch (this) {
            case MONTH -> month(at).toInstant().toEpochMilli();
            case WEEK -> Math.floorDiv(at - FIRST_MONDAY, millis) * millis + FIRST_MONDAY;
            default -> Math.floorDiv(at, millis) * millis;
        };
    }

    /** Start of the next candle. */
    public long next(long start) {
        return this == MONTH ? month(start).plusMonths(1).toInstant().toEpochMilli() : start + millis;
    }

    /** Start of the previous candle. */
    public long previous(long start) {
        return floor(start - 1);
    }

    private static ZonedDateTime month(long at) {
        return Instant.ofEpochMilli(at)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC);
    }
}
