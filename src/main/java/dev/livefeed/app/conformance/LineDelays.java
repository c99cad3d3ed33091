package dev.livefeed.app.conformance;

/**
 * How long after {@code received_at} lines come. A program that does not flush sends many at a time; each has then
 * waited for up to the time that it takes to fill a buffer. Not thread-safe.
 */
final class LineDelays {

    private static final int MIN_LINES = 20;
    private static final int BUFFERED_MILLIS = 300;
    /** Counts of delays by 10 ms; the last one is of all longer ones. */
    private final long[] counts = new long[1_000];

    private static final int STEP_MILLIS = 10;
    /** More than a buffer delays: the time itself is wrong, which is another rule. */
    private static final long MAX_MICROS = 60_000_000;

    private long lines;
    private boolean paused;

    void add(long delayMicros) {
        if (paused || delayMicros > MAX_MICROS) {
            return;
        }
        long step = Math.max(0, delayMicros / 1_000 / STEP_MILLIS);
        counts[(int) Math.min(step, counts.length - 1)]++;
        lines++;
    }

    /** From now on lines are held back by the reader, or by earlier lines that were. */
    void paused() {
        paused = true;
    }

    /** Half of the lines had this delay or a longer one. */
    long medianMillis() {
        long left = lines / 2;
        int step = 0;
        while (step < counts.length - 1 && left >= counts[step]) {
            left -= counts[step];
            step++;
        }
        return (long) step * STEP_MILLIS;
    }

    /** Whether lines are held back by a buffer. */
    boolean buffered() {
        return lines >= MIN_LINES && medianMillis() >= BUFFERED_MILLIS;
    }
}
