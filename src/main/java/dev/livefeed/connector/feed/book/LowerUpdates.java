package dev.livefeed.connector.feed.book;

/**
 * Detects newer updates whose ids stay below that of the book: an earlier id was wrong, or the venue has restarted its
 * ids. Duplicate updates, and updates that the snapshot already contains, do not count.
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

    /** Whether only such updates have come for so long that the book must be fetched again. */
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
