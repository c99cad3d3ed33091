package dev.livefeed.book;

import dev.livefeed.protocol.model.LevelList;
import java.math.BigDecimal;

/**
 * The kept book of one stream: replaced by snapshots, changed by deltas, exact to the last digit.
 *
 * <ul>
 *   <li>Numbers are scaled longs. A finer price or size may appear at any time; the side is rescaled then.
 *   <li>No allocation per level once the arrays have grown to the depth of the stream.
 *   <li>Each side holds at most {@code maxLevels}: what is beyond, at the far end, is cut off and counted.
 *   <li>Whether an update continues the one before is for the caller to check: the book knows no update ids.
 * </ul>
 *
 * <p>One thread at a time.
 */
public final class OrderBook {

    private final BookSide bids;
    private final BookSide asks;

    /**
     * An empty book.
     *
     * @param maxLevels the most levels a side may hold, must be at least 1
     */
    public OrderBook(int maxLevels) {
        if (maxLevels < 1) {
            throw new IllegalArgumentException("maxLevels is " + maxLevels + ", must be at least 1");
        }
        this.bids = new BookSide(1, maxLevels, false);
        this.asks = new BookSide(-1, maxLevels, false);
    }

    /** Bids, the highest price first. */
    public BookSide bids() {
        return bids;
    }

    /** Asks, the lowest price first. */
    public BookSide asks() {
        return asks;
    }

    /**
     * Replaces the whole book. Levels of size 0 are left out; any order is accepted; of a price that stands there twice
     * the last one counts.
     *
     * @throws ArithmeticException where an unsorted snapshot's numbers have no common scale; the book is empty then
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
     * Sets the given levels; size 0 deletes a level. Deleting a price that is not there changes nothing and is counted.
     *
     * @throws ArithmeticException where the numbers and those of the book have no common scale within a long; the
     *     book is
     *     empty then
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

    /** Forgets every level; the counters stay. */
    public void clear() {
        bids.clear();
        asks.clear();
    }

    /** Whether neither side has a level. */
    public boolean isEmpty() {
        return bids.isEmpty() && asks.isEmpty();
    }

    /** The highest bid, or null where there is none. */
    public BigDecimal bestBid() {
        return bids.isEmpty() ? null : bids.price(0);
    }

    /** The lowest ask, or null where there is none. */
    public BigDecimal bestAsk() {
        return asks.isEmpty() ? null : asks.price(0);
    }

    /** Whether both sides have a level and the best bid is not below the best ask: no true book looks like that. */
    public boolean crossed() {
        if (bids.isEmpty() || asks.isEmpty()) {
            return false;
        }
        if (bids.priceScale() == asks.priceScale()) {
            return bids.priceUnscaled(0) >= asks.priceUnscaled(0);
        }
        return bids.price(0).compareTo(asks.price(0)) >= 0;
    }

    /** How often an update deleted a price that was not there, on both sides. */
    public long absentDeletes() {
        return bids.absentDeletes() + asks.absentDeletes();
    }

    /** How many levels beyond the limit were cut off, on both sides. A stream of that depth never causes one. */
    public long cut() {
        return bids.cut() + asks.cut();
    }

    /** Both sides, best levels first, as text. */
    @Override
    public String toString() {
        return "bids " + bids + " asks " + asks;
    }
}
