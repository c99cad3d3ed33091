package dev.livefeed.app.route.simple;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.camel.TypeConverter;
import org.apache.camel.support.ObjectHelper;

/**
 * Compares two values of a predicate: two numbers as numbers with all their digits, everything else as text. A text is
 * a number if it consists of digits with an optional minus sign and decimal point. Never throws.
 */
final class ExactValues {

    /** Longer digits are compared as text, since parsing them takes time that grows with the square of the length. */
    static final int MOST_DIGITS = 1_000;

    /** Digits that fit into a long, whatever they are. */
    private static final int LONG_DIGITS = 18;

    private ExactValues() {}

    /** Null equals only null. */
    static boolean equal(TypeConverter converter, Object left, Object right, boolean ignoreCase) {
        if (left == right) {
            return true;
        }
        if (left == null || right == null) {
            return false;
        }
        if (left instanceof String a && right instanceof String b && sameText(a, b, ignoreCase)) {
            return true;
        }
        Object one = number(left);
        Object other = one == null ? null : number(right);
        if (one != null && other != null) {
            return compareNumbers(one, other) == 0;
        }
        if (plain(left) && plain(right)) {
            return sameText(left.toString(), right.toString(), ignoreCase);
        }
        try {
            return ObjectHelper.typeCoerceEquals(converter, left, right, ignoreCase);
        } catch (RuntimeException e) {
            return sameText(String.valueOf(left), String.valueOf(right), ignoreCase);
        }
    }

    /** Neither value may be null. */
    static int compare(TypeConverter converter, Object left, Object right) {
        Object one = number(left);
        Object other = one == null ? null : number(right);
        if (one != null && other != null) {
            return compareNumbers(one, other);
        }
        if (left instanceof Number a && right instanceof Number b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (plain(left) && plain(right)) {
            return left.toString().compareTo(right.toString());
        }
        try {
            return ObjectHelper.typeCoerceCompare(converter, left, right);
        } catch (RuntimeException e) {
            return String.valueOf(left).compareTo(String.valueOf(right));
        }
    }

    /** The value as a Long or BigDecimal, or null if it is not a number. */
    static Object number(Object value) {
        if (value instanceof String text) {
            return number(text);
        }
        if (value instanceof BigDecimal || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        return value instanceof Number ? number(plainText(value)) : null;
    }

    private static String plainText(Object number) {
        String text = number.toString();
        boolean finite =
                (number instanceof Double a && Double.isFinite(a)) || (number instanceof Float b && Float.isFinite(b));
        return finite ? new BigDecimal(text).toPlainString() : text;
    }

    private static Object number(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length == start || length > MOST_DIGITS || !digit(text.charAt(start)) || !digit(text.charAt(length - 1))) {
            return null;
        }
        boolean point = false;
        for (int i = start + 1; i < length; i++) {
            char c = text.charAt(i);
            if (!digit(c)) {
                if (c != '.' || point) {
                    return null;
                }
                point = true;
            }
        }
        return point || length - start > LONG_DIGITS ? (Object) new BigDecimal(text) : (Object) Long.parseLong(text);
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int compareNumbers(Object one, Object other) {
        return one instanceof Long a && other instanceof Long b
                ? Long.compare(a, b)
                : decimal(one).compareTo(decimal(other));
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) number);
    }

    private static boolean plain(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Character;
    }

    private static boolean sameText(String a, String b, boolean ignoreCase) {
        return ignoreCase ? a.equalsIgnoreCase(b) : a.equals(b);
    }
}
