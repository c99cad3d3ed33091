package dev.livefeed.connector.feed.book;

/**
 * Notices that the ids of a book's updates stay below the book's own though the updates are newer: an id before them
 * was wrong, or the venue counts anew. Updates that come twice, or that a snapshot contains already, are not newer.
 */
final class LowerUpdates {

    private static final long LONG_ENOUGH = 5_000_000_000L;

    private boolean any;
    private long first;
    private long since;

    /** A newer update with a lower id. */
    void add(long id, long now) {
        if (!any) {
            any = true;
            first = id;
            since = now;
        }
    }

    /** Whether there was no other update since the first one for so long that the book is not the one they are for. */
    boolean certain(long now) {
        return any && now - since >= LONG_ENOUGH;
    }

    /** First id of the first one. */
    long first() {
        return first;
    }

    /** The next update came, or the book is another one. */
    void clear() {
        any = false;
    }
}
