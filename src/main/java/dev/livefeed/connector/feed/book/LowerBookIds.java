package dev.livefeed.connector.feed.book;

/**
 * Detects newer updates or snapshots whose ids stay below that of the book: an earlier id was wrong, or the venue has
 * restarted its ids. Duplicate updates, and updates that the snapshot already contains, do not count.
 */
final class LowerBookIds {

    private final int enough;
    private final long longEnough;
    private int count;
    private long first;
    private long since;

    /**
     * @param enough how many make it certain
     * @param longEnough nanoseconds that must have passed since the first one
     */
    LowerBookIds(int enough, long longEnough) {
        this.enough = enough;
        this.longEnough = longEnough;
    }

    /** A newer update or snapshot with a lower id. */
    void add(long id, long now) {
        if (count++ == 0) {
            first = id;
            since = now;
        }
    }

    /** Whether enough have come over a long enough time, and nothing else: the book must be fetched again. */
    boolean certain(long now) {
        return count >= enough && now - since >= longEnough;
    }

    /** Id of the first one. */
    long first() {
        return first;
    }

    /** The next update came, or the book is another one. */
    void clear() {
        count = 0;
    }
}
