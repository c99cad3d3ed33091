package dev.livefeed.connector.feed.stream;

/**
 * The longest interval between the frames of one stream of late, observed once a second. It shows a stream that stops
 * although it usually receives data every few seconds. One that is usually quiet is never conspicuous.
 */
final class UsualFrameInterval {

    private static final long SHORTEST_SILENCE = 15_000_000_000L;

    /** A silence is unusual from this multiple of the usual interval on. */
    private static final int TIMES = 5;

    /** A stream with a longer usual interval is quiet. */
    private static final long LONGEST_INTERVAL = 10_000_000_000L;

    private static final int FEWEST_INTERVALS = 5;
    private static final int FADES_BY = 64;
    private static final long FIRST_WAIT = 15_000_000_000L;
    private static final long LONGEST_WAIT = 3_600_000_000_000L;

    private boolean observed;
    private long lastAt;
    private long silentSince;
    private int intervals;
    private long longest;
    private long wait;
    private long nextAt;

    /** The stream is not subscribed, or its instrument has no data now: silence means nothing. */
    void pause() {
        observed = false;
    }

    /**
     * Called once a second while the stream should have data.
     *
     * @param heardAt time of its last frame or of its acceptance
     * @return whether it has been silent for an unusual time: once, then again after waits that double
     */
    boolean conspicuous(long heardAt, long now) {
        if (!observed || heardAt - lastAt > 0) {
            if (observed) {
                add(heardAt - silentSince);
            }
            silentSince = observed || heardAt - now > 0 ? heardAt : now;
            observed = true;
            lastAt = heardAt;
            wait = 0;
            return false;
        }
        long silence = now - silentSince;
        if (intervals < FEWEST_INTERVALS
                || longest > LONGEST_INTERVAL
                || silence < Math.max(SHORTEST_SILENCE, TIMES * longest)
                || (wait > 0 && now - nextAt < 0)) {
            return false;
        }
        wait = wait == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, 2 * wait);
        nextAt = now + wait;
        return true;
    }

    private void add(long interval) {
        intervals = Math.min(FEWEST_INTERVALS, intervals + 1);
        longest = Math.max(interval, longest - longest / FADES_BY);
    }
}
