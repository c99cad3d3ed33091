package dev.livefeed.app.market.exact;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact sum of products of decimals that are not negative: 128 bits at one scale, plus a {@link BigDecimal} for what
 * does not fit, which does not happen with the numbers of an exchange. Not thread-safe.
 */
public final class ProductSum {

    private static final long HALF_FULL = 1L << 62;

    private BigDecimal rest = BigDecimal.ZERO;
    private int scale;
    private long high;
    private long low;

    /** Adds a x b. */
    public void add(Decimal a, Decimal b) {
        if (!addScaled(a.unscaled(), b.unscaled(), a.scale() + b.scale())) {
            rest = rest.add(decimal(a).multiply(decimal(b)));
        }
    }

    /** Adds a x a x b. */
    public void addSquare(Decimal a, Decimal b) {
        long product = a.unscaled() * b.unscaled();
        boolean fits = product >= 0 && Math.multiplyHigh(a.unscaled(), b.unscaled()) == 0;
        if (!fits || !addScaled(product, a.unscaled(), 2 * a.scale() + b.scale())) {
            rest = rest.add(decimal(a).multiply(decimal(a)).multiply(decimal(b)));
        }
    }

    public ProductSum copy() {
        ProductSum copy = new ProductSum();
        copy.rest = rest;
        copy.scale = scale;
        copy.high = high;
        copy.low = low;
        return copy;
    }

    /** Adds any decimal. */
    public void add(BigDecimal value) {
        rest = rest.add(value);
    }

    private boolean addScaled(long a, long b, int scaleOfBoth) {
        if (scaleOfBoth > scale) {
            flush();
            scale = scaleOfBoth;
        }
        int by = scale - scaleOfBoth;
        if (by > 0) {
            if (by >= Decimal.POWERS.length || a > Long.MAX_VALUE / Decimal.POWERS[by]) {
                return false;
            }
            a *= Decimal.POWERS[by];
        }
        if (high >= HALF_FULL) {
            flush();
        }
        long product = a * b;
        long sum = low + product;
        high += Math.multiplyHigh(a, b) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
        low = sum;
        return true;
    }

    private void flush() {
        rest = value();
        high = 0;
        low = 0;
    }

    /** The sum, without trailing zeros. */
    public BigDecimal value() {
        BigDecimal counted = high == 0 && low >= 0 ? BigDecimal.valueOf(low, scale) : wide();
        BigDecimal value = rest.add(counted).stripTrailingZeros();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private BigDecimal wide() {
        BigInteger bits = BigInteger.valueOf(high).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
        return new BigDecimal(bits, scale);
    }

    private static BigDecimal decimal(Decimal value) {
        return BigDecimal.valueOf(value.unscaled(), value.scale());
    }
}
