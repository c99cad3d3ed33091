package dev.livefeed.book;

import dev.livefeed.protocol.model.LevelList;
import java.math.BigDecimal;

/**
 * The order book of one stream: replaced by snapshots, changed by deltas, exact to the last digit.
 * <ul>
 * <li>Numbers are scaled longs. When a finer price or size arrives, the side is rescaled.
 * <li>No allocation per level once the arrays have grown to the depth of the stream.
 * <li>Each side holds at most {@code maxLevels}; levels beyond it at the far end are removed and counted.
 * <li>The book has no update ids: the caller checks that an update continues the previous one.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class OrderBook implements BestPrices {

    private final BookSide bids;
    private final BookSide asks;

    /**
     * Creates an empty book.
     *
     * @param maxLevels maximum number of levels a side, at least 1
     */
    public OrderBook(int maxLevels) {
        if (maxLevels < 1) {
            throw new IllegalArgumentException("maxLevels is " + maxLevels + ", must be at least 1");
        }
        this.bids = new BookSide(1, maxLevels, false);
        this.asks = new BookSide(-1, maxLevels, false);
    }

    /** Bids, highest price first. */
    public BookSide bids() {
        return bids;
    }

    /** Asks, lowest price first. */
    public BookSide asks() {
        return asks;
    }

    /**
     * Replaces the whole book. Levels of size 0 are ignored; any order is accepted; the last of several levels with the
     * same price applies.
     *
     * @throws ArithmeticException if the numbers of an unsorted snapshot have no common scale; the book is empty then
     */
    public void snapshot(LevelList newBids, LevelList newAsks) {
        try {
            bids.replace(newBids);
            asks.replace(newAsks);
        } catch (ArithmeticException e) {
            clear();
            throw e;
        }
    }

    /**
     * Sets the given levels; size 0 deletes a level. Deleting a missing price changes nothing and is counted.
     *
     * @throws ArithmeticException if the numbers have no common scale with the book's within a long; the book is empty
     *     then
     */
    public void apply(LevelList changedBids, LevelList changedAsks) {
        try {
            bids.apply(changedBids);
            asks.apply(changedAsks);
        } catch (ArithmeticException e) {
            clear();
            throw e;
        }
    }

    /**
     * Sets the given levels like {@link #apply}, but leaves out those whose numbers have no common scale with the
     * book's within a long. The level of such a price is removed, because its size is not known any more.
     *
     * @return number of levels left out
     */
    public int applyFitting(LevelList changedBids, LevelList changedAsks) {
        return applyFitting(bids, changedBids) + applyFitting(asks, changedAsks);
    }

    private static int applyFitting(BookSide side, LevelList changed) {
        try {
            side.apply(changed);
            return 0;
        } catch (ArithmeticException e) {
            return side.applyFitting(changed);
        }
    }

    /** Removes all levels; the counters are kept. */
    public void clear() {
        bids.clear();
        asks.clear();
    }

    /** Whether both sides are empty. */
    public boolean isEmpty() {
        return bids.isEmpty() && asks.isEmpty();
    }

    @Override
    public BigDecimal bestBid() {
        return bids.isEmpty() ? null : bids.price(0);
    }

    @Override
    public BigDecimal bestAsk() {
        return asks.isEmpty() ? null : asks.price(0);
    }

    /** Whether the best bid is not below the best ask, which is impossible in a correct book. */
    public boolean crossed() {
        if (bids.isEmpty() || asks.isEmpty()) {
            return false;
        }
        if (bids.priceScale() == asks.priceScale()) {
            return bids.priceUnscaled(0) >= asks.priceUnscaled(0);
        }
        return bids.price(0).compareTo(asks.price(0)) >= 0;
    }

    /** Number of deletes of a missing price, on both sides. */
    public long absentDeletes() {
        return bids.absentDeletes() + asks.absentDeletes();
    }

    /** Number of levels removed beyond the limit, on both sides. Always 0 for a stream within that depth. */
    public long cut() {
        return bids.cut() + asks.cut();
    }

    /** Both sides as text, best levels first. */
    @Override
    public String toString() {
        return "bids " + bids + " asks " + asks;
    }
}
