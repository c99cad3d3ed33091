package dev.livefeed.connector.feed;

/**
 * Resynchronizes one book: reports it as stale, gets a new snapshot and escalates if that fails.
 * <ul>
 *   <li>An attempt is what the venue needs for a new snapshot.
 *   <li>A book that repeatedly breaks soon after a resync waits before the next attempt, longer each time.
 *   <li>After three failed attempts the connection is replaced, once, unless another topic on it receives data.
 *       Otherwise, or after three more, the topic is {@code degraded} and retried once a minute; other topics are not
 *       affected.
 *   <li>While the instrument is in a phase without data, the topic is retried once a minute and nothing else happens.
 * </ul>
 */
public final class BookRecovery {

    private static final int ATTEMPTS = 3;
    private static final long SECOND = 1_000_000_000L;
    private static final long SOON = 5 * SECOND;
    private static final long LONGEST_WAIT = 10 * SECOND;
    private static final long DEGRADED_WAIT = 60 * SECOND;

    private final VenueContext context;
    private final RecoveredBook book;

    private boolean active;
    private long since;
    private int failures;
    private boolean reconnected;
    private boolean degraded;
    private long syncedAt;
    private int breaksInARow;
    private boolean waiting;
    private long retryAt;

    /** The book and what can be done for it. */
    public interface RecoveredBook {

        /** Begins to get the book right again. */
        void attempt();

        /** No further attempt is needed. */
        void settled();

        /** Whether its instrument is in a phase with data, as far as that is known. */
        boolean expectsData();

        /** The book does not recover: whether its connection may be replaced. That could harm others. */
        boolean mayReconnect();

        /** Replaces its connection. */
        void reconnect(String reason);

        /**
         * Reports that the book is no longer right.
         *
         * @param id id of the command that requests the resync, or null
         */
        void resyncing(String reason, String id);

        /** Reports that the book does not recover. */
        void degraded(String reason);
    }

    public BookRecovery(VenueContext context, RecoveredBook book) {
        this.context = context;
        this.book = book;
        this.syncedAt = context.now() - SOON;
    }

    /**
     * The book is no longer synced.
     *
     * @param id id of the command that requests the resync, or null
     */
    public void broken(String reason, String id) {
        breaksInARow = context.now() - syncedAt < SOON ? breaksInARow + 1 : 0;
        begin(reason, id);
        long wait = breaksInARow < 2 ? 0 : Math.min(LONGEST_WAIT, SECOND / 2 << Math.min(breaksInARow - 2, 5));
        attemptIn(wait);
    }

    /** The attempt did not resynchronize the book. */
    public void attemptFailed(String reason) {
        if (!active) {
            begin(reason, null);
        }
        failures++;
        if (!book.expectsData()) {
            attemptIn(DEGRADED_WAIT);
        } else if (failures < ATTEMPTS) {
            attemptIn(0);
        } else if (!reconnected && book.mayReconnect()) {
            reconnected = true;
            book.reconnect(book + " did not recover in " + ATTEMPTS + " attempts: " + reason);
        } else {
            if (!degraded) {
                degraded = true;
                book.degraded(reason);
            }
            attemptIn(DEGRADED_WAIT);
        }
    }

    /** The attempt failed because frames of the topic cannot be read, which another connection does not change. */
    public void attemptUnreadable(String reason) {
        reconnected = true;
        attemptFailed(reason);
    }

    /** The book was synced until its connection ended; the connection is reopened elsewhere. */
    public void connectionLost(String reason) {
        if (!active) {
            begin(reason, null);
        }
    }

    /** Replies to a command that requests a resync while one is in progress. */
    public void joined(String reason, String id) {
        book.resyncing(reason, id);
    }

    /**
     * The book is synced again.
     *
     * @return duration of the resync in milliseconds, or -1 if there was none
     */
    public long succeeded() {
        syncedAt = context.now();
        if (!active) {
            return -1;
        }
        book.settled();
        long millis = (context.now() - since) / 1_000_000L;
        context.figures().resyncMillis += millis;
        context.figures().longestResyncMillis = Math.max(context.figures().longestResyncMillis, millis);
        active = false;
        failures = 0;
        reconnected = false;
        degraded = false;
        waiting = false;
        return millis;
    }

    /** The connection has ended: the topic will be subscribed again anyway. */
    public void ended() {
        if (active && failures > 0) {
            // Even if another topic caused the reconnect, it counts as this topic's attempt.
            reconnected = true;
        }
        failures = 0;
        waiting = false;
    }

    public void tick() {
        if (waiting && context.now() - retryAt >= 0) {
            waiting = false;
            book.attempt();
        }
    }

    private void begin(String reason, String id) {
        active = true;
        since = context.now();
        failures = 0;
        context.figures().resyncs++;
        book.resyncing(reason, id);
    }

    private void attemptIn(long nanos) {
        if (nanos == 0) {
            waiting = false;
            book.attempt();
        } else {
            waiting = true;
            retryAt = context.now() + nanos;
        }
    }
}
