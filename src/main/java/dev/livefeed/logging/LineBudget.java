package dev.livefeed.logging;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket for the lines of a kind: a burst, then a rate per second. Suppressed lines are counted; a report is
 * due a second after the first one, then once a minute. Thread-safe.
 */
public final class LineBudget {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final double nanosPerLine;
    private final double burst;
    private final LongSupplier nanos;
    private double lines;
    private long filledAt;
    private long suppressed;
    private long reportAt;
    private boolean reported;

    /**
     * @param perSecond lines per second; 0 for no limit
     * @param burst at least 1
     * @param nanos monotonic clock
     */
    public LineBudget(double perSecond, int burst, LongSupplier nanos) {
        this.nanosPerLine = perSecond == 0 ? 0 : SECOND / perSecond;
        this.burst = burst;
        this.nanos = nanos;
        this.lines = burst;
        this.filledAt = nanos.getAsLong();
        this.reportAt = filledAt;
    }

    /** Whether a line may be written; otherwise it is counted as suppressed. */
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

    /** Counts a line that is suppressed for another reason. */
    public synchronized void leaveOut() {
        count(nanos.getAsLong());
    }

    private void count(long now) {
        if (suppressed++ == 0 && (!reported || now - reportAt > 0)) {
            reportAt = now + SECOND;
        }
    }

    /** Lines suppressed since the last report if a report is due, else 0. */
    public synchronized long due() {
        return suppressed == 0 || nanos.getAsLong() - reportAt < 0 ? 0 : rest();
    }

    /** Lines suppressed since the last report, whether or not a report is due. */
    public synchronized long rest() {
        long lines = suppressed;
        suppressed = 0;
        reported = true;
        reportAt = nanos.getAsLong() + MINUTE;
        return lines;
    }
}
