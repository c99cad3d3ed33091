package dev.livefeed.connector.feed.book;

/**
 * When a stream that lacks a snapshot is subscribed again: at most once per interval, which doubles up to a minute
 * while snapshots do not last. Not thread-safe.
 */
public final class SnapshotRequests {

    private static final long LONGEST_WAIT = 60_000_000_000L;

    private final long firstWait;
    private boolean needed;
    private long earliest;
    private long wait;

    /**
     * @param now nanoseconds of the monotonic clock, as in all methods
     * @param firstWait the first interval in nanoseconds
     */
    public SnapshotRequests(long now, long firstWait) {
        earliest = now;
        this.firstWait = firstWait;
        wait = firstWait;
    }

    /** A snapshot is needed. */
    public void need(long now) {
        if (!needed) {
            needed = true;
            earliest = Math.max(earliest, now);
        }
    }

    /** No snapshot is needed, because there is one or the stream has ended. */
    public void settled() {
        needed = false;
    }

    /** The stream was subscribed, which brings a snapshot. */
    public void requested(long now) {
        needed = false;
        earliest = now + wait;
    }

    /**
     * Whether the stream must be subscribed again now.
     *
     * @param complete whether the stream has a snapshot and all updates since
     */
    public boolean due(long now, boolean complete) {
        if (needed && now - earliest >= 0) {
            needed = false;
            wait = Math.min(LONGEST_WAIT, wait * 2);
            return true;
        }
        if (!needed && complete && now - earliest > LONGEST_WAIT) {
            wait = firstWait;
        }
        return false;
    }
}
