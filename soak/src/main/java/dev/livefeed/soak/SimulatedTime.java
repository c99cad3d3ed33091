package dev.livefeed.soak;

import dev.livefeed.connector.sdk.TimeSource;
import java.util.PriorityQueue;

/** Simulated time and its scheduled tasks, which run in order of time, then of scheduling. */
final class SimulatedTime implements TimeSource {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    private static final long START_MILLIS = 1_795_000_000_000L;

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now = SECOND;
    private long order;

    private record Entry(long at, long order, Runnable action) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public long micros() {
        return START_MILLIS * 1_000 + now / 1_000;
    }

    /** Milliseconds since 1970. */
    long millis() {
        return micros() / 1_000;
    }

    /** Has the action happen at that time, or at once where it has passed. */
    void at(long nanos, Runnable action) {
        entries.add(new Entry(Math.max(now, nanos), order++, action));
    }

    /** Has the action happen after so many nanoseconds. */
    void in(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    /** Has the action happen again and again, for ever. */
    void every(long nanos, Runnable action) {
        in(nanos, () -> {
            action.run();
            every(nanos, action);
        });
    }

    /** Lets everything happen that is due until then. */
    void runUntil(long nanos) {
        while (!entries.isEmpty() && entries.peek().at() <= nanos) {
            Entry next = entries.poll();
            now = next.at();
            next.action().run();
        }
        now = nanos;
    }
}
