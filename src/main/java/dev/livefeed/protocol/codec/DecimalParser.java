package dev.livefeed.protocol.codec;

import java.math.BigDecimal;

/**
 * Parses decimal text into a scaled long without allocating: 71423.80 is {@code unscaled} 7142380 at {@code scale} 2.
 *
 * <p>The limits are those of the protocol: an absolute value below 10^15 and at most 18 significant digits. Reusable;
 * not thread-safe.
 */
public final class DecimalParser {

    /** The absolute value must be below 10 to this power. */
    public static final int MAX_INTEGER_DIGITS = 15;
    /** Maximum number of significant digits, without leading and superfluous trailing zeros. */
    public static final int MAX_SIGNIFICANT_DIGITS = 18;

    /** Maximum number of characters of a wide decimal. */
    public static final int MAX_WIDE_LENGTH = 40;

    private static final BigDecimal LIMIT = BigDecimal.TEN.pow(MAX_INTEGER_DIGITS);

    private static final int MAX_LENGTH = 64;
    /** The plain form of a smaller number, which writers use, would be longer than what is read. */
    private static final int MAX_SCALE = 60;

    private long unscaled;
    private int scale;

    /** The digits of the last parsed number as one integer, including the sign. */
    public long unscaled() {
        return unscaled;
    }

    /** Number of decimal places; never negative. */
    public int scale() {
        return scale;
    }

    /** The last parsed number. */
    public BigDecimal value() {
        return BigDecimal.valueOf(unscaled, scale);
    }

    /**
     * Parses a decimal in the form of a JSON number.
     *
     * @return whether it is valid and within the limits; if not, the result is undefined
     */
    public boolean parse(char[] text, int offset, int length) {
        int at = offset;
        int end = offset + length;
        boolean negative = length > 0 && text[at] == '-';
        if (negative) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int behindPoint = 0;
        boolean point = false;
        boolean any = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                any = true;
                if (count > 0 || c != '0') {
                    count++;
                }
                if (count > MAX_SIGNIFICANT_DIGITS) {
                    return parseSlowly(text, offset, length);
                }
                digits = digits * 10 + (c - '0');
                if (point) {
                    behindPoint++;
                }
            } else if (c == '.' && !point && any) {
                point = true;
            } else {
                return parseSlowly(text, offset, length);
            }
        }
        if (!any || (point && behindPoint == 0) || count - behindPoint > MAX_INTEGER_DIGITS) {
            return false;
        }
        if (behindPoint > MAX_SIGNIFICANT_DIGITS) {
            return parseSlowly(text, offset, length);
        }
        unscaled = negative ? -digits : digits;
        scale = behindPoint;
        return true;
    }

    /** Parses a decimal in the form of a JSON number. */
    public boolean parse(String text) {
        char[] chars = text.toCharArray();
        return parse(chars, 0, chars.length);
    }

    /**
     * Parses a decimal that may have more digits than {@link #parse} accepts: sums over a day, rates, greeks.
     *
     * @return null if it is not a decimal, or longer than {@value #MAX_WIDE_LENGTH} characters in plain or scientific
     *     notation
     */
    public BigDecimal wide(char[] text, int offset, int length) {
        if (length > MAX_WIDE_LENGTH) {
            return null;
        }
        if (parse(text, offset, length)) {
            return value();
        }
        if (!looksLikeNumber(text, offset, length)) {
            return null;
        }
        try {
            BigDecimal exact = new BigDecimal(text, offset, length);
            // Checked before anything expands an exponent such as 1e999999999.
            long integerDigits = (long) exact.precision() - exact.scale();
            if (integerDigits > MAX_WIDE_LENGTH || exact.scale() > MAX_WIDE_LENGTH) {
                return null;
            }
            return exact.scale() < 0 ? exact.setScale(0) : exact;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Handles exponents, and numbers that consist mostly of zeros. */
    private boolean parseSlowly(char[] text, int offset, int length) {
        if (length > MAX_LENGTH || !looksLikeNumber(text, offset, length)) {
            return false;
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(text, offset, length);
        } catch (NumberFormatException e) {
            return false;
        }
        if (exact.signum() == 0) {
            unscaled = 0;
            scale = 0;
            return true;
        }
        // Compare magnitudes before anything expands an exponent such as 1e999999999.
        long integerDigits = (long) exact.precision() - exact.scale();
        if (integerDigits > MAX_INTEGER_DIGITS) {
            return false;
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        if (stripped.precision() > MAX_SIGNIFICANT_DIGITS || stripped.scale() > MAX_SCALE) {
            return false;
        }
        BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        if (plain.abs().compareTo(LIMIT) >= 0) {
            return false;
        }
        unscaled = plain.unscaledValue().longValueExact();
        scale = plain.scale();
        return true;
    }

    /** BigDecimal accepts more than JSON: digits of other scripts, a leading plus or point. */
    private static boolean looksLikeNumber(char[] text, int offset, int length) {
        for (int i = 0; i < length; i++) {
            char c = text[offset + i];
            boolean digit = c >= '0' && c <= '9';
            boolean other = i > 0 && (c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-');
            if (c == '.' && (i + 1 == length || text[offset + i + 1] < '0' || text[offset + i + 1] > '9')) {
                return false;
            }
            if (!digit && !other && !(i == 0 && c == '-' && length > 1 && Character.isDigit(text[offset + 1]))) {
                return false;
            }
        }
        return length > 0;
    }
}
