package dev.livefeed.app.market;

/** Whether a local order book may be read. */
public enum BookState {
    /** No snapshot has been received yet. */
    EMPTY,
    /** Known to be right. */
    SYNCED,
    /** An update was lost, the book was crossed, or the feed is down: not readable until the next snapshot. */
    STALE;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
