package dev.livefeed.app.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** How far the backfill is, for who asks. Written by one thread, read by any. */
public final class BackfillProgress {

    private static final int MAX_FAILURES = 20;

    /** What became of the backfill so far. */
    public enum Status {
        /** Not begun yet. */
        PENDING,
        /** Not wanted, or nothing to ask: live data only. */
        SKIPPED,
        RUNNING,
        /** All there. */
        DONE,
        /** Over, but some symbols are not filled. */
        PARTLY,
        /** Over, and nothing was filled. */
        FAILED,
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final LongSupplier millis;
    private Status status = Status.PENDING;
    private int total;
    private int current;
    private long startedAt;
    private int filled;
    private int failed;
    private final List<String> failures = new ArrayList<>();

    /** @param millis a clock that never goes back, milliseconds */
    BackfillProgress(LongSupplier millis) {
        this.millis = millis;
    }

    synchronized void begin(int requests) {
        status = Status.RUNNING;
        total = requests;
        startedAt = millis.getAsLong();
    }

    synchronized void step(int requests, int candles) {
        current = Math.min(total, current + requests);
        filled += candles;
    }

    synchronized void failure(String text) {
        failed++;
        if (failures.size() < MAX_FAILURES) {
            failures.add(text);
        }
    }

    /** Nothing is to be had at all, which is no failure. */
    synchronized void skip(String reason) {
        failures.add(reason);
        status = Status.SKIPPED;
    }

    synchronized void end(Status last) {
        status = last;
    }

    public synchronized Status status() {
        return status;
    }

    /** Requests in all. */
    public synchronized int total() {
        return total;
    }

    /** Requests that are done with. */
    public synchronized int current() {
        return current;
    }

    /** Whole percent, 0 to 100. */
    public synchronized int percentage() {
        return total == 0 ? (status == Status.DONE ? 100 : 0) : (int) (100L * current / total);
    }

    /** Seconds left at the pace so far, or -1 where that cannot be said. */
    public synchronized long etaSeconds() {
        if (status != Status.RUNNING || current == 0) {
            return -1;
        }
        return (millis.getAsLong() - startedAt) * (total - current) / current / 1000;
    }

    /** Minutes that candles were filled in for. */
    public synchronized int filled() {
        return filled;
    }

    /** Symbols that could not be filled. */
    public synchronized int failed() {
        return failed;
    }

    /** The first of them, each with its reason; the reason alone if the backfill was skipped for want of history. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }
}
