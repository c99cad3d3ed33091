package dev.livefeed.terminal.top;

/** Events per second, over the last seconds. */
final class EventRate {

    private static final int SECONDS = 5;

    private final long[] counts = new long[SECONDS + 1];
    private final long since;
    private long second;

    /** @param now milliseconds of a clock that does not jump */
    EventRate(long now) {
        since = now;
        second = now / 1000;
    }

    void add(long now, long count) {
        advance(now);
        counts[slot(second)] += count;
    }

    private void advance(long now) {
        long next = now / 1000;
        for (long i = Math.max(second + 1, next - SECONDS); i <= next; i++) {
            counts[slot(i)] = 0;
        }
        second = Math.max(second, next);
    }

    private static int slot(long second) {
        return (int) Math.floorMod(second, (long) SECONDS + 1);
    }

    /** Over at most five whole seconds; negative if there was not yet half a second to count in. */
    double perSecond(long now) {
        advance(now);
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        // The current second has only begun, and the oldest is whole.
        double seconds = Math.min((now - since) / 1000.0, SECONDS + (now % 1000) / 1000.0);
        return seconds < 0.5 ? -1 : sum / seconds;
    }
}
