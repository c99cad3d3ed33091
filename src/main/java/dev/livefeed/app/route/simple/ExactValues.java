package dev.livefeed.app.route.simple;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.IntPredicate;
import org.apache.camel.TypeConverter;
import org.apache.camel.support.ObjectHelper;

/**
 * Compares two values of a predicate: two numbers as numbers with all their digits, everything else as text. A text is
 * a number if it is written like one in Java: a sign, a point at any place and an exponent of up to three digits are
 * optional, blanks around it are ignored. A number and a text that is none have no order. Never throws.
 */
final class ExactValues {

    /** Longer digits are compared as text, since parsing them takes time that grows with the square of the length. */
    static final int MOST_DIGITS = 1_000;

    /** Digits that fit into a long, whatever they are. */
    private static final int LONG_DIGITS = 18;

    private static final int MOST_EXPONENT_DIGITS = 3;

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

    /**
     * Whether the order of two values is as expected; false if they have none, such as a number and a text that is not
     * a number. Neither may be null.
     *
     * @param expected is given a number below, equal to or above 0
     */
    static boolean ordered(TypeConverter converter, Object left, Object right, IntPredicate expected) {
        Object one = number(left);
        Object other = number(right);
        if (one != null && other != null) {
            return expected.test(compareNumbers(one, other));
        }
        if (left instanceof Number || right instanceof Number || one != null || other != null) {
            return orderedNumbers(
                    one == null ? converted(converter, left) : one,
                    other == null ? converted(converter, right) : other,
                    expected);
        }
        if (plain(left) && plain(right)) {
            return expected.test(left.toString().compareTo(right.toString()));
        }
        try {
            return expected.test(ObjectHelper.typeCoerceCompare(converter, left, right));
        } catch (RuntimeException e) {
            return expected.test(String.valueOf(left).compareTo(String.valueOf(right)));
        }
    }

    private static boolean orderedNumbers(Object left, Object right, IntPredicate expected) {
        if (left == null || right == null) {
            return false;
        }
        return expected.test(
                left instanceof Double || right instanceof Double
                        ? Double.compare(((Number) left).doubleValue(), ((Number) right).doubleValue())
                        : compareNumbers(left, right));
    }

    /** A number that is infinite or undefined as a double, another type as Camel converts it; null for text. */
    private static Object converted(TypeConverter converter, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (plain(value)) {
            return null;
        }
        try {
            Object whole = converter.tryConvertTo(Long.class, value);
            return whole != null ? whole : number(converter.tryConvertTo(Double.class, value));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The value as a Long or BigDecimal, or null if it is not a number. */
    static Object number(Object value) {
        if (value instanceof CharSequence text) {
            return number(text.toString());
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

    private static Object number(String written) {
        if (written.length() > MOST_DIGITS) {
            return null;
        }
        String text = written.strip();
        int length = text.length();
        int at = length > 0 && sign(text.charAt(0)) ? 1 : 0;
        int digits = 0;
        boolean point = false;
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (digit(c)) {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || (at < length && !exponent(text, at))) {
            return null;
        }
        return point || at < length || digits > LONG_DIGITS
                ? (Object) new BigDecimal(text)
                : (Object) Long.parseLong(text);
    }

    /** Whether the rest of the text is an exponent. */
    private static boolean exponent(String text, int start) {
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return false;
        }
        int first = start + 1;
        first += first < text.length() && sign(text.charAt(first)) ? 1 : 0;
        int digits = text.length() - first;
        for (int i = first; i < text.length(); i++) {
            if (!digit(text.charAt(i))) {
                return false;
            }
        }
        return digits > 0 && digits <= MOST_EXPONENT_DIGITS;
    }

    private static boolean sign(char c) {
        return c == '-' || c == '+';
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
        return value instanceof CharSequence || value instanceof Number || value instanceof Character;
    }

    private static boolean sameText(String a, String b, boolean ignoreCase) {
        return ignoreCase ? a.equalsIgnoreCase(b) : a.equals(b);
    }
}
