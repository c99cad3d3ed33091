package dev.livefeed.connector.sdk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff between attempts, doubling up to a maximum, with random jitter.
 *
 * <p>The jitter is 20 %; it never exceeds the maximum.
 */
public final class Backoff {

    private static final double JITTER = 0.2;

    private final long firstNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nextNanos;

    /**
     * @param first first wait, must be greater than 0
     * @param max longest wait, must be at least {@code first}
     */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        if (first.isZero() || first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "waits are " + first + " to " + max + ", must be greater than 0 and not descending");
        }
        this.firstNanos = first.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /** The next wait in nanoseconds. */
    public long next() {
        long wait = nextNanos;
        nextNanos = Math.min(maxNanos, nextNanos * 2);
        double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Math.min(maxNanos, (long) (wait * factor));
    }

    /** Restarts at the first wait, after a successful attempt. */
    public void reset() {
        nextNanos = firstNanos;
    }
}
