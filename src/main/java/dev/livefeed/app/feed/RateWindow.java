package dev.livefeed.app.feed;

/** Counts events over the last 60 seconds, in buckets of one second. One writer, any readers. */
final class RateWindow {

    static final int SECONDS = 60;

    private final long[] counts = new long[SECONDS + 1];
    private final long[] second = new long[SECONDS + 1];
    private volatile long total;

    /** @param nowMillis monotonic clock */
    void add(long nowMillis) {
        long now = nowMillis / 1_000;
        int slot = (int) (now % counts.length);
        if (second[slot] != now) {
            counts[slot] = 0;
            second[slot] = now;
        }
        counts[slot]++;
        total = total + 1;
    }

    long total() {
        return total;
    }

    /** Events of the last 60 full seconds and the current one. */
    long lastMinute(long nowMillis) {
        long now = nowMillis / 1_000;
        long sum = 0;
        if (total == 0) { // volatile read: the writer's earlier writes are visible
            return 0;
        }
        for (int i = 0; i < counts.length; i++) {
            if (now - second[i] < SECONDS && now >= second[i]) {
                sum += counts[i];
            }
        }
        return sum;
    }
}
