package dev.livefeed.app.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Progress of the backfill. Written by one thread, read by any. */
public final class BackfillProgress {

    /** Steps of a request for the trades of a day. */
    static final int PERCENT = 100;

    private static final int MAX_FAILURES = 20;

    public enum BackfillStatus {
        /** Not started yet. */
        PENDING,
        /** Not configured, or the connector has no history. */
        SKIPPED,
        RUNNING,
        /** All symbols are filled. */
        DONE,
        /** Finished, but some symbols are not filled. */
        PARTLY,
        /** Finished, but nothing was filled. */
        FAILED,
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The status of several sources: that of all if they agree, running while one runs, else partly done.
     */
    public static BackfillStatus together(List<BackfillProgress> all) {
        List<BackfillStatus> each =
                all.stream().map(BackfillProgress::status).distinct().toList();
        if (each.size() == 1) {
            return each.get(0);
        }
        for (BackfillStatus open : List.of(BackfillStatus.RUNNING, BackfillStatus.PENDING, BackfillStatus.STOPPED)) {
            if (each.contains(open)) {
                return open;
            }
        }
        return BackfillStatus.PARTLY;
    }

    private final LongSupplier millis;
    private BackfillStatus status = BackfillStatus.PENDING;
    private int total;
    private int current;
    private long startedAt;
    private int filled;
    private long trades;
    private int failed;
    private final List<String> failures = new ArrayList<>();

    /** @param millis monotonic clock, milliseconds */
    public BackfillProgress(LongSupplier millis) {
        this.millis = millis;
    }

    synchronized void begin(int requests) {
        status = BackfillStatus.RUNNING;
        total = requests;
        startedAt = millis.getAsLong();
    }

    synchronized void step(int requests, int candles) {
        current = Math.min(total, current + requests);
        filled += candles;
    }

    /** Trades of an instrument have been counted. */
    synchronized void trades(long counted) {
        trades += counted;
    }

    synchronized void failure(String text) {
        failed++;
        if (failures.size() < MAX_FAILURES) {
            failures.add(text);
        }
    }

    /** Ends the backfill because the connector has no history, which is not a failure. */
    synchronized void skip(String reason) {
        failures.add(reason);
        status = BackfillStatus.SKIPPED;
    }

    synchronized void end(BackfillStatus last) {
        status = last;
    }

    public synchronized BackfillStatus status() {
        return status;
    }

    /** Total number of requests. */
    public synchronized int total() {
        return total;
    }

    /** Number of completed requests. */
    public synchronized int current() {
        return current;
    }

    /** Percentage from 0 to 100. */
    public synchronized int percentage() {
        return total == 0 ? (status == BackfillStatus.DONE ? 100 : 0) : (int) (100L * current / total);
    }

    /** Estimated seconds left, or -1 if unknown. */
    public synchronized long etaSeconds() {
        if (status != BackfillStatus.RUNNING || current == 0) {
            return -1;
        }
        return (millis.getAsLong() - startedAt) * (total - current) / current / 1000;
    }

    /** Number of minutes filled from candles. */
    public synchronized int filled() {
        return filled;
    }

    /** Number of past trades that were counted. */
    public synchronized long trades() {
        return trades;
    }

    /** Number of symbols that could not be filled. */
    public synchronized int failed() {
        return failed;
    }

    /** The first failures, each a symbol with its reason; only the reason if the connector has no history. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }
}
