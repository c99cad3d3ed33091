package dev.livefeed.app.feed;

import java.util.function.LongSupplier;

/** Counts since 00:00 UTC. Thread-safe. */
public final class DayCounter {

    private static final long DAY_MILLIS = 86_400_000;

    private final LongSupplier wallMillis;
    private long day = -1;
    private long count;

    public DayCounter() {
        this(System::currentTimeMillis);
    }

    /** @param wallMillis milliseconds since 1970 */
    public DayCounter(LongSupplier wallMillis) {
        this.wallMillis = wallMillis;
    }

    public synchronized void add(long number) {
        turn();
        count += number;
    }

    public synchronized long count() {
        turn();
        return count;
    }

    private void turn() {
        long today = Math.floorDiv(wallMillis.getAsLong(), DAY_MILLIS);
        if (today != day) {
            day = today;
            count = 0;
        }
    }
}
