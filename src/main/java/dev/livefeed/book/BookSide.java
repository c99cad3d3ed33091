package dev.livefeed.book;

import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * One side of an order book: levels sorted from the best price to the worst, as scaled longs.
 *
 * <p>Level 0 is the best. Modified only through {@link OrderBook}. Not thread-safe.
 */
public final class BookSide implements LevelList {

    private static final int FIRST_CAPACITY = 64;

    /** 1 for bids, -1 for asks: of two prices the better one has the greater price x sign. */
    private final int sign;

    private final int maxLevels;

    /** Whether size 0 is stored as a level, as in a change that is still to be applied to a book. */
    private final boolean keepsZeros;

    // Keys are price x sign in ascending order: the best level is last, so that changes near the touch, the most
    // frequent ones, move few other levels.
    private long[] keys = new long[FIRST_CAPACITY];
    private long[] qtys = new long[FIRST_CAPACITY];
    private int size;
    private int priceScale;
    private int qtyScale;
    private long absentDeletes;
    private long cut;
    private final Levels.Builder copies = new Levels.Builder();

    BookSide(int sign, int maxLevels, boolean keepsZeros) {
        this.sign = sign;
        this.maxLevels = maxLevels;
        this.keepsZeros = keepsZeros;
    }

    @Override
    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Decimal places of {@link #priceUnscaled}; grows when a finer price arrives. */
    @Override
    public int priceScale() {
        return priceScale;
    }

    /** Decimal places of {@link #qtyUnscaled}; grows when a finer size arrives. */
    @Override
    public int qtyScale() {
        return qtyScale;
    }

    /**
     * Price of a level at {@link #priceScale}.
     *
     * @param level 0 for the best, below {@link #size}
     */
    @Override
    public long priceUnscaled(int level) {
        return keys[index(level)] * sign;
    }

    /**
     * Size of a level at {@link #qtyScale}.
     *
     * @param level 0 for the best, below {@link #size}
     */
    @Override
    public long qtyUnscaled(int level) {
        return qtys[index(level)];
    }

    /** Price of a level; level 0 is the best. */
    public BigDecimal price(int level) {
        return BigDecimal.valueOf(priceUnscaled(level), priceScale);
    }

    /** Size of a level; level 0 is the best. */
    public BigDecimal qty(int level) {
        return BigDecimal.valueOf(qtyUnscaled(level), qtyScale);
    }

    /** A copy of the best levels, best first: at most {@code count}, fewer if the side has fewer. */
    public Levels top(int count) {
        copies.clear();
        for (int level = 0, n = Math.min(count, size); level < n; level++) {
            copies.add(priceUnscaled(level), priceScale, qtyUnscaled(level), qtyScale);
        }
        return copies.build();
    }

    /**
     * Number of levels at this price or a better one.
     *
     * @param scale decimal places of the price, at most {@link #priceScale}
     */
    public int levelsWithin(long priceUnscaled, int scale) {
        long key = rescale(priceUnscaled, priceScale - scale) * sign;
        int at = Arrays.binarySearch(keys, 0, size, key);
        return size - (at >= 0 ? at : ~at);
    }

    /** Number of deletes of a missing price: harmless in itself, but a hint of a lost update. */
    public long absentDeletes() {
        return absentDeletes;
    }

    /** Number of levels removed at the far end because the side exceeded its limit. */
    public long cut() {
        return cut;
    }

    /** The best levels in order, as text. */
    @Override
    public String toString() {
        return top(size).toString();
    }

    private int index(int level) {
        if (level < 0 || level >= size) {
            throw new IndexOutOfBoundsException("level is " + level + ", must be 0 to " + (size - 1));
        }
        return size - 1 - level;
    }

    void clear() {
        size = 0;
        priceScale = 0;
        qtyScale = 0;
    }

    void replace(LevelList levels) {
        clear();
        if (sortedBestFirst(levels)) {
            int n = levels.size();
            room(n);
            for (int i = 0; i < n; i++) {
                keys[i] = levels.priceUnscaled(n - 1 - i) * sign;
                qtys[i] = levels.qtyUnscaled(n - 1 - i);
            }
            size = n;
            priceScale = levels.priceScale();
            qtyScale = levels.qtyScale();
        } else {
            change(levels);
        }
        cutTo(maxLevels);
    }

    void apply(LevelList levels) {
        change(levels);
        cutTo(maxLevels);
    }

    /**
     * Applies the levels one by one, after they could not be applied together. One whose numbers have no common scale
     * with those of the side is left out, and the level of its price removed.
     *
     * @return number of levels left out
     */
    int applyFitting(LevelList levels) {
        coarsen();
        int leftOut = 0;
        for (int i = 0, n = levels.size(); i < n; i++) {
            if (!changeOne(levels.priceUnscaled(i), levels.priceScale(), levels.qtyUnscaled(i), levels.qtyScale())) {
                leftOut++;
            }
        }
        cutTo(maxLevels);
        return leftOut;
    }

    private boolean changeOne(long fullPrice, int fullPriceScale, long fullQty, int fullQtyScale) {
        int scaleOfPrice = shortestScale(fullPrice, fullPriceScale);
        int scaleOfQty = shortestScale(fullQty, fullQtyScale);
        long price = fullPrice / Levels.rescale(1, fullPriceScale - scaleOfPrice);
        long qty = fullQty / Levels.rescale(1, fullQtyScale - scaleOfQty);
        boolean priceFits = raisable(keys, scaleOfPrice - priceScale)
                && Levels.rescalable(price, Math.max(0, priceScale - scaleOfPrice));
        boolean qtyFits =
                raisable(qtys, scaleOfQty - qtyScale) && Levels.rescalable(qty, Math.max(0, qtyScale - scaleOfQty));
        if (priceFits && qtyFits) {
            int priceBy = raisePrices(scaleOfPrice);
            int qtyBy = raiseQtys(scaleOfQty);
            set(Levels.rescale(price, priceBy) * sign, Levels.rescale(qty, qtyBy));
            return true;
        }
        if (qty == 0 && !keepsZeros) {
            // The side cannot have a level of that price.
            absentDeletes++;
            return true;
        }
        if (priceFits && scaleOfPrice <= priceScale) {
            remove(Levels.rescale(price, priceScale - scaleOfPrice) * sign);
        }
        return false;
    }

    private void remove(long key) {
        int at = Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            removeAt(at);
        }
    }

    private void change(LevelList levels) {
        int n = levels.size();
        if (n == 0) {
            return;
        }
        requireCommonScale(levels);
        int priceBy = raisePrices(levels.priceScale());
        int qtyBy = raiseQtys(levels.qtyScale());
        for (int i = 0; i < n; i++) {
            long price = levels.priceUnscaled(i);
            long qty = levels.qtyUnscaled(i);
            if (priceBy > 0) {
                price = Levels.rescale(price, priceBy);
            }
            if (qtyBy > 0) {
                qty = Levels.rescale(qty, qtyBy);
            }
            set(price * sign, qty);
        }
    }

    /** Checked before anything is changed. */
    private void requireCommonScale(LevelList levels) {
        int pricesFiner = levels.priceScale() - priceScale;
        int qtysFiner = levels.qtyScale() - qtyScale;
        boolean common = raisable(keys, pricesFiner) && raisable(qtys, qtysFiner);
        if (pricesFiner < 0 || qtysFiner < 0) {
            int priceBy = Math.max(0, -pricesFiner);
            int qtyBy = Math.max(0, -qtysFiner);
            for (int i = 0, n = levels.size(); i < n && common; i++) {
                common = Levels.rescalable(levels.priceUnscaled(i), priceBy)
                        && Levels.rescalable(levels.qtyUnscaled(i), qtyBy);
            }
        }
        if (!common) {
            throw noCommonScale();
        }
    }

    private void set(long key, long qty) {
        int at = size > 0 && key > keys[size - 1] ? ~size : Arrays.binarySearch(keys, 0, size, key);
        if (at >= 0) {
            if (qty != 0 || keepsZeros) {
                qtys[at] = qty;
            } else {
                removeAt(at);
            }
        } else if (qty == 0 && !keepsZeros) {
            absentDeletes++;
        } else {
            insert(~at, key, qty);
        }
    }

    private void removeAt(int at) {
        int behind = --size - at;
        System.arraycopy(keys, at + 1, keys, at, behind);
        System.arraycopy(qtys, at + 1, qtys, at, behind);
    }

    private void insert(int at, long key, long qty) {
        // Within one update a side may exceed its limit temporarily, because deletes may follow inserts.
        if (size >= 2L * maxLevels) {
            cut++;
            if (at == 0) {
                return;
            }
            cutWorst(1);
            at--;
        }
        room(size + 1);
        System.arraycopy(keys, at, keys, at + 1, size - at);
        System.arraycopy(qtys, at, qtys, at + 1, size - at);
        keys[at] = key;
        qtys[at] = qty;
        size++;
    }

    private void cutTo(int limit) {
        if (size > limit) {
            cut += size - limit;
            cutWorst(size - limit);
        }
    }

    private void cutWorst(int count) {
        size -= count;
        System.arraycopy(keys, count, keys, 0, size);
        System.arraycopy(qtys, count, qtys, 0, size);
    }

    private void room(int wanted) {
        if (wanted > keys.length) {
            int capacity = Math.max(wanted, keys.length * 2);
            keys = Arrays.copyOf(keys, capacity);
            qtys = Arrays.copyOf(qtys, capacity);
        }
    }

    private boolean sortedBestFirst(LevelList levels) {
        for (int i = 0, n = levels.size(); i < n; i++) {
            if (levels.qtyUnscaled(i) == 0
                    || (i > 0 && levels.priceUnscaled(i) * sign >= levels.priceUnscaled(i - 1) * sign)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Rescales the stored prices to at least this scale; returns the number of decimal places by which the arriving
     * prices must be rescaled.
     */
    private int raisePrices(int scale) {
        if (scale > priceScale) {
            raise(keys, scale - priceScale);
            priceScale = scale;
        }
        return priceScale - scale;
    }

    private int raiseQtys(int scale) {
        if (scale > qtyScale) {
            raise(qtys, scale - qtyScale);
            qtyScale = scale;
        }
        return qtyScale - scale;
    }

    /** Whether {@link #raise} does not overflow a long. */
    private boolean raisable(long[] values, int by) {
        for (int i = 0; by > 0 && i < size; i++) {
            if (!Levels.rescalable(values[i], by)) {
                return false;
            }
        }
        return true;
    }

    private void raise(long[] values, int by) {
        for (int i = 0; i < size; i++) {
            values[i] = Levels.rescale(values[i], by);
        }
    }

    /** Lowers the scales to those that the levels need: a finer level that is gone may have raised them. */
    private void coarsen() {
        int prices = neededScale(keys, priceScale);
        int quantities = neededScale(qtys, qtyScale);
        long priceFactor = Levels.rescale(1, priceScale - prices);
        long qtyFactor = Levels.rescale(1, qtyScale - quantities);
        for (int i = 0; i < size; i++) {
            keys[i] /= priceFactor;
            qtys[i] /= qtyFactor;
        }
        priceScale = prices;
        qtyScale = quantities;
    }

    private int neededScale(long[] values, int scale) {
        int needed = 0;
        for (int i = 0; i < size && needed < scale; i++) {
            needed = Math.max(needed, shortestScale(values[i], scale));
        }
        return needed;
    }

    /** Scale of the number without zeros at its end. */
    private static int shortestScale(long unscaled, int scale) {
        int shortest = unscaled == 0 ? 0 : scale;
        for (long rest = unscaled; shortest > 0 && rest % 10 == 0; rest /= 10) {
            shortest--;
        }
        return shortest;
    }

    private static long rescale(long value, int by) {
        if (!Levels.rescalable(value, by)) {
            throw noCommonScale();
        }
        return Levels.rescale(value, by);
    }

    private static ArithmeticException noCommonScale() {
        return new ArithmeticException(
                "the book's numbers and those of the update have no common scale within 18 digits");
    }
}
