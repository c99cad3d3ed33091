package dev.livefeed.app.market.exact;

import java.math.BigDecimal;

/**
 * A decimal as a whole number and a scale, used again for each number: a {@link BigDecimal} gives its digits away
 * only as a new object. Not thread-safe.
 */
public final class Decimal {

    /** The most digits, and the most behind the point. */
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
     * Takes the value.
     *
     * @param name what it is, for the message
     * @throws IllegalArgumentException where it needs more than 18 digits, or more than 18 behind the point
     */
    public Decimal set(BigDecimal value, String name) {
        BigDecimal plain = value;
        if (plain.scale() < 0 || plain.scale() > MAX_DIGITS || plain.precision() > MAX_DIGITS) {
            plain = plain.stripTrailingZeros();
            if (plain.scale() > MAX_DIGITS || (long) plain.precision() - Math.min(0, plain.scale()) > MAX_DIGITS) {
                throw new IllegalArgumentException(
                        name + " " + value + " needs more than " + MAX_DIGITS + " digits, which no sum here keeps");
            }
            plain = plain.scale() < 0 ? plain.setScale(0) : plain;
        }
        scale = plain.scale();
        unscaled = plain.scaleByPowerOfTen(scale).longValue();
        return this;
    }

    /** All digits as one whole number. */
    public long unscaled() {
        return unscaled;
    }

    /** How many of them stand behind the point: 0 to 18. */
    public int scale() {
        return scale;
    }
}
