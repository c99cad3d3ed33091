package dev.livefeed.connector.sdk;

import java.time.Duration;

/** Clocks that stand still until a test moves them. */
public final class ManualTime implements TimeSource {

    /** Some day in the life of the venue, in microseconds since 1970. */
    public static final long START_MICROS = 1_790_000_000_000_000L;

    private long nanos = 5_000_000_000L;
    private long micros = START_MICROS;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long micros() {
        return micros;
    }

    /** Sets the clock of the day, as an operator or NTP does; the other one never jumps. */
    public void set(long byMicros) {
        micros += byMicros;
    }

    public void advance(Duration by) {
        nanos += by.toNanos();
        micros += by.toNanos() / 1_000;
    }
}
