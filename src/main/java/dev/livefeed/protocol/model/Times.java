package dev.livefeed.protocol.model;

import java.time.Instant;

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

    /** The wall clock now, in microseconds. */
    public static long nowMicros() {
        return micros(Instant.now());
    }
}
