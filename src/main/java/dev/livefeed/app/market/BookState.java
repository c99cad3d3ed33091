package dev.livefeed.app.market;

/** Whether a kept book may be read. */
public enum BookState {
    /** No snapshot has come yet. */
    EMPTY,
    /** Known to be right. */
    SYNCED,
    /**
     * An update was lost, the book contradicted itself, or the feed is down: not to be read until the next snapshot.
     */
    STALE;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
