package dev.livefeed.app.market.exact;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of quantities, never negative: whole units plus a fraction in units of 10^-18. Quantities of any scale add up
 * exactly and at constant cost. Not thread-safe.
 */
public final class Amount {

    /** The value one, in the units of {@link #fraction}. */
    static final long ONE = Decimal.POWERS[Decimal.MAX_DIGITS];

    private long whole;
    private long fraction;

    /** Sets this to a decimal that is not negative. */
    public Amount set(Decimal value) {
        long unit = Decimal.POWERS[value.scale()];
        whole = value.unscaled() / unit;
        fraction = (value.unscaled() - whole * unit) * Decimal.POWERS[Decimal.MAX_DIGITS - value.scale()];
        return this;
    }

    /**
     * Sets this to a decimal of any length.
     *
     * @throws ArithmeticException if it has more than 18 decimal places or exceeds 9 x 10^18
     */
    public Amount set(BigDecimal value) {
        BigInteger[] parts =
                value.setScale(Decimal.MAX_DIGITS).unscaledValue().divideAndRemainder(BigInteger.valueOf(ONE));
        return set(parts[0].longValueExact(), parts[1].longValueExact());
    }

    public Amount set(Amount other) {
        whole = other.whole;
        fraction = other.fraction;
        return this;
    }

    Amount set(long wholeUnits, long rest) {
        whole = wholeUnits;
        fraction = rest;
        return this;
    }

    /** A new amount with the largest possible value. */
    public static Amount max() {
        return new Amount().set(Long.MAX_VALUE, ONE - 1);
    }

    /** Sets this to a percentage of another amount, rounded up to the smallest unit. */
    public Amount percent(int percent, Amount of) {
        BigInteger one = BigInteger.valueOf(ONE);
        BigInteger units = BigInteger.valueOf(of.whole).multiply(one).add(BigInteger.valueOf(of.fraction));
        BigInteger hundred = BigInteger.valueOf(100);
        BigInteger[] parts = units.multiply(BigInteger.valueOf(percent))
                .add(hundred.subtract(BigInteger.ONE))
                .divide(hundred)
                .divideAndRemainder(one);
        return set(parts[0].longValueExact(), parts[1].longValueExact());
    }

    public Amount clear() {
        return set(0, 0);
    }

    /**
     * Adds another amount.
     *
     * @throws ArithmeticException if the sum exceeds 9 x 10^18; nothing is added then
     */
    public Amount add(Amount other) {
        return add(other.whole, other.fraction);
    }

    Amount add(long wholeUnits, long rest) {
        long sum = fraction + rest;
        int carry = sum >= ONE ? 1 : 0;
        whole = Math.addExact(whole, Math.addExact(wholeUnits, carry));
        fraction = carry == 0 ? sum : sum - ONE;
        return this;
    }

    /** Compares like {@link Comparable#compareTo}. */
    public int compareTo(Amount other) {
        int order = Long.compare(whole, other.whole);
        return order != 0 ? order : Long.compare(fraction, other.fraction);
    }

    public boolean isZero() {
        return whole == 0 && fraction == 0;
    }

    long whole() {
        return whole;
    }

    long fraction() {
        return fraction;
    }

    /** The value without trailing zeros. */
    public BigDecimal decimal() {
        return decimal(whole, fraction);
    }

    static BigDecimal decimal(long whole, long fraction) {
        if (fraction == 0) {
            return BigDecimal.valueOf(whole);
        }
        long digits = fraction;
        int scale = Decimal.MAX_DIGITS;
        for (int by = 8; by >= 1; by /= 2) {
            while (digits % Decimal.POWERS[by] == 0) {
                digits /= Decimal.POWERS[by];
                scale -= by;
            }
        }
        return whole <= (Long.MAX_VALUE - digits) / Decimal.POWERS[scale]
                ? BigDecimal.valueOf(whole * Decimal.POWERS[scale] + digits, scale)
                : BigDecimal.valueOf(whole).add(BigDecimal.valueOf(digits, scale));
    }
}
