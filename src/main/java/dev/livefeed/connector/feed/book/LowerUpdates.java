package dev.livefeed.connector.feed.book;

/**
 * Notices that the ids of a book's updates stay below the book's own though the updates are newer: an id before them
 * was wrong, or the venue counts anew. Updates that come twice, or that a snapshot contains already, are not newer.
 */
final class LowerUpdates {

    private static final int FEWEST = 3;
    private static final long LONG_ENOUGH = 5_000_000_000L;

    private int count;
    private long since;

    /** A newer update with a lower id; returns whether the book is not the one that the updates are for. */
    boolean add(long now) {
        if (count++ == 0) {
            since = now;
        }
        return count >= FEWEST && now - since >= LONG_ENOUGH;
    }

    /** The next update came, or the book is another one. */
    void clear() {
        count = 0;
    }
}
