package dev.livefeed.connector.feed;

/**
 * Counts how much of one topic can be read, from the first row on that cannot. Most of the topic is unreadable if more
 * than half of a window's rows are; it is readable again once less than a quarter of them is unreadable.
 */
public final class ReadingRate {

    private static final int WINDOW = 20;
    private static final int LEAST = 3;
    private static final long LONGEST_WINDOW = 10_000_000_000L;
    private static final long WARN_INTERVAL = 60_000_000_000L;

    private long rows;
    private long unread;
    private long lastRows;
    private long lastUnread;
    private long windowSince;
    private boolean reported;
    private boolean warned;
    private long warnedAt;
    private long unwarned;
    private long lastUnreadAt;

    public ReadingRate(long now) {
        this.windowSince = now;
    }

    /** Adds the rows of a frame. */
    public void count(long allRows, long unreadRows, long now) {
        if (rows == 0) {
            windowSince = now;
        }
        rows += allRows;
        unread += unreadRows;
        if (unreadRows > 0) {
            lastUnreadAt = now;
        }
    }

    /** Whether a window has ended and changes whether most of the topic is unreadable. */
    public boolean changed(long now) {
        if (rows < WINDOW && (rows < LEAST || now - windowSince < LONGEST_WINDOW)) {
            return false;
        }
        lastRows = rows;
        lastUnread = unread;
        rows = 0;
        unread = 0;
        boolean before = reported;
        reported = before ? lastUnread * 4 >= lastRows : lastUnread * 2 > lastRows;
        return reported != before;
    }

    /** Whether most of the topic is unreadable. */
    public boolean mostlyUnreadable() {
        return reported;
    }

    /** Number of rows in the last window. */
    public long windowRows() {
        return lastRows;
    }

    /** Number of unreadable rows in the last window. */
    public long windowUnread() {
        return lastUnread;
    }

    /**
     * Counts rows for the log.
     *
     * @return the number of rows that a line is due for; 0 if the last line is too recent
     */
    public long warn(long unreadRows, long now) {
        unwarned += unreadRows;
        if (unwarned == 0 || (warned && now - warnedAt < WARN_INTERVAL)) {
            return 0;
        }
        warned = true;
        warnedAt = now;
        long due = unwarned;
        unwarned = 0;
        return due;
    }

    /** Whether everything has been readable for so long that counting can end. */
    public boolean calm(long now) {
        return !reported && unwarned == 0 && now - lastUnreadAt > 10 * WARN_INTERVAL;
    }
}
