package dev.livefeed.book;

import dev.livefeed.protocol.model.LevelList;

/**
 * Several consecutive deltas of one book as one: of each price the last size, deletes included.
 *
 * <p>Applied to the book before the first of them it gives the book after the last. One thread at a time.
 */
public final class MergedChange {

    private final BookSide bids;
    private final BookSide asks;

    /**
     * No change.
     *
     * @param maxLevels the most changed levels a side may hold; what {@link #add} brings beyond it makes it fail
     */
    public MergedChange(int maxLevels) {
        this.bids = new BookSide(1, maxLevels, true);
        this.asks = new BookSide(-1, maxLevels, true);
    }

    /**
     * Adds the next delta.
     *
     * @return false where the changes no longer fit (too many, or without a common scale): they are of no use then, and
     *     must be cleared
     */
    public boolean add(LevelList changedBids, LevelList changedAsks) {
        long cutBefore = bids.cut() + asks.cut();
        try {
            bids.apply(changedBids);
            asks.apply(changedAsks);
        } catch (ArithmeticException e) {
            return false;
        }
        return bids.cut() + asks.cut() == cutBefore;
    }

    /** The changed bids, the highest price first. */
    public LevelList bids() {
        return bids;
    }

    /** The changed asks, the lowest price first. */
    public LevelList asks() {
        return asks;
    }

    /** Forgets every change. */
    public void clear() {
        bids.clear();
        asks.clear();
    }
}
