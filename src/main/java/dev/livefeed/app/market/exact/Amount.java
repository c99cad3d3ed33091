package dev.livefeed.app.market.exact;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of sizes, never negative: whole units, and the rest in units of 10^-18. Sizes of any precision add up
 * exactly, at fixed cost. Not thread-safe.
 */
public final class Amount {

    /** One, in the units of {@link #fraction}. */
    static final long ONE = Decimal.POWERS[Decimal.MAX_DIGITS];

    private long whole;
    private long fraction;

    /** Takes a decimal that is not negative. */
    public Amount set(Decimal value) {
        long unit = Decimal.POWERS[value.scale()];
        whole = value.unscaled() / unit;
        fraction = (value.unscaled() - whole * unit) * Decimal.POWERS[Decimal.MAX_DIGITS - value.scale()];
        return this;
    }

    /**
     * Takes a decimal of any length.
     *
     * @throws ArithmeticException where it has more than 18 digits behind the point, or is beyond 9 x 10^18
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

    /** A new amount that no other exceeds. */
    public static Amount most() {
        return new Amount().set(Long.MAX_VALUE, ONE - 1);
    }

    /** Makes this the smallest amount that is at least so many hundredths of another. */
    public Amount percent(int hundredths, Amount of) {
        BigInteger one = BigInteger.valueOf(ONE);
        BigInteger units = BigInteger.valueOf(of.whole).multiply(one).add(BigInteger.valueOf(of.fraction));
        BigInteger hundred = BigInteger.valueOf(100);
        BigInteger[] parts = units.multiply(BigInteger.valueOf(hundredths))
                .add(hundred.subtract(BigInteger.ONE))
                .divide(hundred)
                .divideAndRemainder(one);
        return set(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /** Makes this one less another that is not greater. */
    public Amount subtract(Amount other) {
        boolean borrow = fraction < other.fraction;
        return set(whole - other.whole - (borrow ? 1 : 0), fraction - other.fraction + (borrow ? ONE : 0));
    }

    public Amount clear() {
        return set(0, 0);
    }

    /**
     * Adds another.
     *
     * @throws ArithmeticException where the sum is beyond 9 x 10^18 units; nothing is added then
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

    /** Below 0, 0 or above 0, as this is less than, equal to or greater than the other. */
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
