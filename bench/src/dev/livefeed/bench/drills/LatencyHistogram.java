package dev.livefeed.bench.drills;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Times in milliseconds as a histogram of a tenth of a millisecond up to a minute. Thread-safe. */
final class LatencyHistogram {

    private static final int BUCKETS = 600_000;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(BUCKETS + 1);

    void add(double millis) {
        counts.incrementAndGet((int) Math.max(0, Math.min(BUCKETS, millis * 10)));
    }

    long count() {
        long count = 0;
        for (int i = 0; i <= BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }

    /** 0 if there are no times. */
    double quantile(double quantile) {
        long rank = (long) Math.ceil(quantile * count());
        long seen = 0;
        for (int i = 0; i <= BUCKETS; i++) {
            seen += counts.get(i);
            if (rank > 0 && seen >= rank) {
                return i / 10.0;
            }
        }
        return 0;
    }

    void clear() {
        for (int i = 0; i <= BUCKETS; i++) {
            counts.set(i, 0);
        }
    }

    /** Median, 99th percentile and maximum. */
    @Override
    public String toString() {
        return String.format("p50 %.1f p99 %.1f max %.1f ms", quantile(0.5), quantile(0.99), quantile(1));
    }
}
