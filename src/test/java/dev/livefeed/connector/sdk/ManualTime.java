package dev.livefeed.connector.sdk;

import java.time.Duration;

/** Clocks that are advanced by the test only. */
public final class ManualTime implements TimeSource {

    /** Start of the wall clock, in microseconds since 1970. */
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

    /** Shifts the wall clock as an operator or NTP does; the monotonic clock is not affected. */
    public void set(long byMicros) {
        micros += byMicros;
    }

    public void advance(Duration by) {
        nanos += by.toNanos();
        micros += by.toNanos() / 1_000;
    }
}
