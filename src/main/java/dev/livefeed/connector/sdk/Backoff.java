package dev.livefeed.connector.sdk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: doubling from the first to the longest, each shortened or lengthened at random.
 *
 * <p>By default 0.5 s to 10 s with 20 % of jitter. The jitter never makes a wait longer than the longest.
 */
public final class Backoff {

    private static final double JITTER = 0.2;

    private final long firstNanos;
    private final long longestNanos;
    private final RandomGenerator random;
    private long nextNanos;

    /**
     * @param first must be above 0
     * @param longest must be at least the first
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "waits are " + first + " to " + longest + ", must be above 0 and not descending");
        }
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /** The next wait, in nanoseconds. */
    public long next() {
        long wait = nextNanos;
        nextNanos = Math.min(longestNanos, nextNanos * 2);
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Math.min(longestNanos, (long) (wait * factor));
    }

    /** The next wait is the first again: the attempt was worth something. */
    public void reset() {
        nextNanos = firstNanos;
    }
}
