package dev.livefeed.exchange.net;

/** A rate limit over a sliding window of time. Not thread-safe. */
final class SlidingWindowLimit {

    private final long[] times;
    private final long windowNanos;
    private int next;
    private long count;

    /** @param limit events allowed per window */
    SlidingWindowLimit(int limit, long windowMillis) {
        times = new long[limit];
        windowNanos = windowMillis * 1_000_000;
    }

    /** Counts an event if it is within the limit. */
    boolean tryAcquire(long nowNanos) {
        if (count >= times.length && nowNanos - times[next] < windowNanos) {
            return false;
        }
        times[next] = nowNanos;
        next = (next + 1) % times.length;
        count++;
        return true;
    }
}
