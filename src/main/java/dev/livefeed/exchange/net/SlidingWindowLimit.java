package dev.livefeed.exchange.net;

/** Counts what happens within a sliding window of time and says when there is too much. Not thread-safe. */
final class SlidingWindowLimit {

    private final long[] times;
    private final long windowNanos;
    private int next;
    private long count;

    /** @param limit how much is allowed in a window */
    SlidingWindowLimit(int limit, long windowMillis) {
        times = new long[limit];
        windowNanos = windowMillis * 1_000_000;
    }

    /** Counts one more if there is room for it. */
    boolean allows(long nowNanos) {
        if (count >= times.length && nowNanos - times[next] < windowNanos) {
            return false;
        }
        times[next] = nowNanos;
        next = (next + 1) % times.length;
        count++;
        return true;
    }
}
