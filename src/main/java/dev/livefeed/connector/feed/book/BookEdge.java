package dev.livefeed.connector.feed.book;

import dev.livefeed.book.BookSide;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Levels;

/**
 * How far a book is complete. A snapshot has a limited number of levels; of those beyond, only the ones that change
 * later become known. When the price moves there, levels are missing.
 */
final class BookEdge {

    /** Worst level of the snapshot, unscaled; 0 if the snapshot had all levels of the side. */
    private long bid;

    private int bidScale;
    private long ask;
    private int askScale;
    private int levels;

    /**
     * A snapshot with at most that many levels a side was taken.
     *
     * @param unread number of its levels that could not be read
     */
    void snapshot(Levels bids, Levels asks, int most, int unread) {
        levels = most;
        boolean bidsCut = !bids.isEmpty() && bids.size() + unread >= most;
        boolean asksCut = !asks.isEmpty() && asks.size() + unread >= most;
        bid = bidsCut ? bids.priceUnscaled(bids.size() - 1) : 0;
        bidScale = bids.priceScale();
        ask = asksCut ? asks.priceUnscaled(asks.size() - 1) : 0;
        askScale = asks.priceScale();
    }

    /** Levels a side of the last snapshot, at most. */
    int levels() {
        return levels;
    }

    /** Number of best levels that are all known, on both sides. */
    int complete(OrderBook book) {
        return Math.min(complete(book.bids(), bid, bidScale), complete(book.asks(), ask, askScale));
    }

    private static int complete(BookSide side, long worst, int scale) {
        if (worst == 0) {
            return Integer.MAX_VALUE;
        }
        return side.priceScale() < scale ? 0 : side.levelsWithin(worst, scale);
    }
}
