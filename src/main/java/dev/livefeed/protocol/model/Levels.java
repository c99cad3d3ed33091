package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Price levels of one side of a book as scaled longs, with one scale for all prices and one for all sizes. Immutable.
 */
public final class Levels implements LevelList {

    /** No levels. */
    public static final Levels EMPTY = new Levels(new long[0], 0, new long[0], 0);

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final long[] prices;
    private final int priceScale;
    private final long[] qtys;
    private final int qtyScale;

    private Levels(long[] prices, int priceScale, long[] qtys, int qtyScale) {
        this.prices = prices;
        this.priceScale = priceScale;
        this.qtys = qtys;
        this.qtyScale = qtyScale;
    }

    @Override
    public int size() {
        return prices.length;
    }

    public boolean isEmpty() {
        return prices.length == 0;
    }

    @Override
    public int priceScale() {
        return priceScale;
    }

    @Override
    public int qtyScale() {
        return qtyScale;
    }

    @Override
    public long priceUnscaled(int level) {
        return prices[level];
    }

    @Override
    public long qtyUnscaled(int level) {
        return qtys[level];
    }

    public BigDecimal price(int level) {
        return BigDecimal.valueOf(prices[level], priceScale);
    }

    public BigDecimal qty(int level) {
        return BigDecimal.valueOf(qtys[level], qtyScale);
    }

    /** Compares levels in order by value; scales do not matter. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Levels that) || that.size() != size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (price(i).compareTo(that.price(i)) != 0 || qty(i).compareTo(that.qty(i)) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + price(i).stripTrailingZeros().hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ");
            text.append('[')
                    .append(price(i).toPlainString())
                    .append(", ")
                    .append(qty(i).toPlainString())
                    .append(']');
        }
        return text.append(']').toString();
    }

    /** Whether {@link #rescale} does not overflow a long. */
    public static boolean rescalable(long unscaled, int by) {
        return unscaled == 0 || (by < POWERS.length && Math.abs(unscaled) <= Long.MAX_VALUE / POWERS[by]);
    }

    /** The same number with more decimal places. */
    public static long rescale(long unscaled, int by) {
        return unscaled == 0 ? 0 : Math.multiplyExact(unscaled, POWERS[by]);
    }

    /** Collects levels; reusable after {@link #build}. Not thread-safe. */
    public static final class Builder implements LevelList {

        private long[] prices = new long[64];
        private long[] qtys = new long[64];
        private int priceScale;
        private int qtyScale;
        private int size;

        @Override
        public int size() {
            return size;
        }

        @Override
        public int priceScale() {
            return priceScale;
        }

        @Override
        public int qtyScale() {
            return qtyScale;
        }

        @Override
        public long priceUnscaled(int level) {
            return prices[level];
        }

        @Override
        public long qtyUnscaled(int level) {
            return qtys[level];
        }

        public void clear() {
            size = 0;
            priceScale = 0;
            qtyScale = 0;
        }

        /**
         * Adds a level.
         *
         * @return false if the level has no common scale with the others within a long; it is not added then
         */
        public boolean add(long price, int scaleOfPrice, long qty, int scaleOfQty) {
            if (scaleOfPrice > priceScale) {
                if (!raise(prices, scaleOfPrice - priceScale)) {
                    return false;
                }
                priceScale = scaleOfPrice;
            }
            if (scaleOfQty > qtyScale) {
                if (!raise(qtys, scaleOfQty - qtyScale)) {
                    return false;
                }
                qtyScale = scaleOfQty;
            }
            int priceBy = priceScale - scaleOfPrice;
            int qtyBy = qtyScale - scaleOfQty;
            if (!rescalable(price, priceBy) || !rescalable(qty, qtyBy)) {
                return false;
            }
            if (size == prices.length) {
                prices = Arrays.copyOf(prices, size * 2);
                qtys = Arrays.copyOf(qtys, size * 2);
            }
            prices[size] = rescale(price, priceBy);
            qtys[size] = rescale(qty, qtyBy);
            size++;
            return true;
        }

        /** Adds a level given as decimals. */
        public Builder add(BigDecimal price, BigDecimal qty) {
            BigDecimal p = price.scale() < 0 ? price.setScale(0) : price;
            BigDecimal q = qty.scale() < 0 ? qty.setScale(0) : qty;
            if (!add(
                    p.unscaledValue().longValueExact(),
                    p.scale(),
                    q.unscaledValue().longValueExact(),
                    q.scale())) {
                throw new ArithmeticException("level " + price + " x " + qty + " has no common scale with the others");
            }
            return this;
        }

        /** The levels added since the last call. */
        public Levels build() {
            Levels levels = size == 0
                    ? EMPTY
                    : new Levels(Arrays.copyOf(prices, size), priceScale, Arrays.copyOf(qtys, size), qtyScale);
            clear();
            return levels;
        }

        private boolean raise(long[] values, int by) {
            for (int i = 0; i < size; i++) {
                if (!rescalable(values[i], by)) {
                    return false;
                }
            }
            for (int i = 0; i < size; i++) {
                values[i] = rescale(values[i], by);
            }
            return true;
        }
    }
}
