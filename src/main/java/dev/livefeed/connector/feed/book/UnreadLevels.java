package dev.livefeed.connector.feed.book;

import dev.livefeed.connector.feed.VenueContext;

/**
 * Whether a level of a book could not be read, and when a snapshot is fetched for that reason: at once, and then at
 * intervals that grow to a minute while levels stay unreadable.
 */
final class UnreadLevels {

    private static final long FIRST_WAIT = 5_000_000_000L;

    private final VenueContext context;
    private final SnapshotRequests requests;
    private boolean unknown;

    UnreadLevels(VenueContext context) {
        this.context = context;
        this.requests = new SnapshotRequests(context.now(), FIRST_WAIT);
    }

    /** A level could not be read: it is unknown from here on. */
    void found() {
        unknown = true;
        requests.need(context.now());
    }

    /** All levels are known. */
    void cleared() {
        unknown = false;
        requests.settled();
    }

    /** Whether a level is unknown. */
    boolean any() {
        return unknown;
    }

    /** Whether a snapshot has to be fetched now; it is considered as fetched then. */
    boolean due() {
        long now = context.now();
        boolean due = requests.due(now, !unknown);
        if (due) {
            requests.requested(now);
        }
        return due;
    }
}
