package dev.livefeed.app.health;

/**
 * The usual interval between two events of an instrument: the second longest of the last minutes, so that a single
 * outage does not count. Longer intervals fade by half in seven minutes. Not thread-safe.
 */
final class UsualInterval {

    private static final double FADE_MILLIS = 600_000;

    private long newest = -1;
    private double longest;
    private double second;
    private int intervals;

    /**
     * Takes the time of the newest event; called at least once a second, and not more often than there are looks at
     * the feed. Events between two calls count as one.
     */
    void event(long millis) {
        if (newest >= 0 && millis > newest) {
            long interval = millis - newest;
            double faded = Math.exp(-interval / FADE_MILLIS);
            longest *= faded;
            second *= faded;
            if (interval > longest) {
                second = longest;
                longest = interval;
            } else if (interval > second) {
                second = interval;
            }
            intervals = Math.min(intervals + 1, 2);
        }
        newest = Math.max(newest, millis);
    }

    /** The interval that ends with the next event does not count. */
    void interrupt() {
        newest = -1;
    }

    /** Milliseconds; -1 before there were two intervals. */
    long millis() {
        return intervals < 2 ? -1 : Math.round(second);
    }

    /** Whether it is known, and short enough that its events can be late. */
    boolean judged(HealthLimits limits) {
        return millis() >= 0 && 2 * millis() <= limits.quiet().toMillis();
    }

    /** Age from which on the newest event is late, in milliseconds. */
    long limit(HealthLimits limits) {
        long shortest = limits.fresh().toMillis();
        return judged(limits) ? Math.max(shortest, 2 * millis()) : shortest;
    }
}
