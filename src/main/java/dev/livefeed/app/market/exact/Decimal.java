package dev.livefeed.app.market.exact;

import java.math.BigDecimal;

/**
 * A reusable decimal: an unscaled long and a scale. {@link BigDecimal} exposes its digits only by allocating an object.
 * Not thread-safe.
 */
public final class Decimal {

    /** Maximum number of digits, and of decimal places. */
    public static final int MAX_DIGITS = 18;

    static final long[] POWERS = new long[MAX_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private long unscaled;
    private int scale;

    /**
     * Sets the value.
     *
     * @param name of the value, for the error message
     * @throws IllegalArgumentException if it needs more than 18 digits or 18 decimal places
     */
    public Decimal set(BigDecimal value, String name) {
        BigDecimal plain = value;
        if (plain.scale() < 0 || plain.scale() > MAX_DIGITS || plain.precision() > MAX_DIGITS) {
            plain = plain.stripTrailingZeros();
            if (plain.scale() > MAX_DIGITS || (long) plain.precision() - Math.min(0, plain.scale()) > MAX_DIGITS) {
                throw new IllegalArgumentException(
                        name + " " + value + " needs more than " + MAX_DIGITS + " digits, the limit of exact sums");
            }
            plain = plain.scale() < 0 ? plain.setScale(0) : plain;
        }
        scale = plain.scale();
        unscaled = plain.scaleByPowerOfTen(scale).longValue();
        return this;
    }

    /** All digits as one integer. */
    public long unscaled() {
        return unscaled;
    }

    /** Number of decimal places, 0 to 18. */
    public int scale() {
        return scale;
    }
}
