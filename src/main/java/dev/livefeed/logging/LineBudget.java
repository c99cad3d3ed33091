package dev.livefeed.logging;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines of a kind may be written: a burst, then a rate per second. Lines beyond that are counted, and a report
 * of it is due a second after the first such line and then once a minute. Thread-safe.
 */
public final class LineBudget {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final double nanosPerLine;
    private final double burst;
    private final LongSupplier nanos;
    private double lines;
    private long filledAt;
    private long leftOut;
    private long reportAt;
    private boolean reported;

    /**
     * @param perSecond 0: no limit
     * @param burst at least 1
     * @param nanos a clock that never goes back
     */
    public LineBudget(double perSecond, int burst, LongSupplier nanos) {
        this.nanosPerLine = perSecond == 0 ? 0 : SECOND / perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.lines = burst;
        this.filledAt = nanos.getAsLong();
        this.reportAt = filledAt;
    }

    /** Whether a line may be written; it is counted where it may not. */
    public synchronized boolean take() {
        if (nanosPerLine == 0) {
            return true;
        }
        long now = nanos.getAsLong();
        lines = Math.min(burst, lines + (now - filledAt) / nanosPerLine);
        filledAt = now;
        if (lines >= 1) {
            lines--;
            return true;
        }
        count(now);
        return false;
    }

    /** Counts a line that is left out for another reason. */
    public synchronized void leaveOut() {
        count(nanos.getAsLong());
    }

    private void count(long now) {
        if (leftOut++ == 0 && (!reported || now - reportAt > 0)) {
            reportAt = now + SECOND;
        }
    }

    /** Lines left out since the last report where one is due, else 0. */
    public synchronized long due() {
        return leftOut == 0 || nanos.getAsLong() - reportAt < 0 ? 0 : rest();
    }

    /** Lines left out since the last report, whether one is due or not. */
    public synchronized long rest() {
        long lines = leftOut;
        leftOut = 0;
        reported = true;
        reportAt = nanos.getAsLong() + MINUTE;
        return lines;
    }
}
