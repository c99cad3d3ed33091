package dev.livefeed.book;

import dev.livefeed.protocol.model.LevelList;

/**
 * Several consecutive deltas of one book merged into one: the last size of each price, including deletes.
 *
 * <p>Applied to the book before the first delta, it gives the book after the last. Not thread-safe.
 */
public final class MergedChange {

    private final BookSide bids;
    private final BookSide asks;

    /**
     * Creates an empty change.
     *
     * @param maxLevels maximum number of changed levels a side; {@link #add} fails beyond it
     */
    public MergedChange(int maxLevels) {
        this.bids = new BookSide(1, maxLevels, true);
        this.asks = new BookSide(-1, maxLevels, true);
    }

    /**
     * Adds the next delta.
     *
     * @return false if the changes no longer fit (too many levels, or no common scale); the object is then unusable
     *     until cleared
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

    /** The changed bids, highest price first. */
    public LevelList bids() {
        return bids;
    }

    /** The changed asks, lowest price first. */
    public LevelList asks() {
        return asks;
    }

    /** Removes all changes. */
    public void clear() {
        bids.clear();
        asks.clear();
    }
}
