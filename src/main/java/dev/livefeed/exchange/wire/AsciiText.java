package dev.livefeed.exchange.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of ASCII bytes, which writes numbers without creating strings. Not thread-safe.
 */
public final class AsciiText {

    private static final char LAST_OF_ASCII = 127;

    private byte[] bytes;
    private int length;

    public AsciiText(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    public AsciiText clear() {
        length = 0;
        return this;
    }

    public int length() {
        return length;
    }

    /** Appends the text; characters beyond ASCII, as in some symbols, as UTF-8. */
    public AsciiText add(String text) {
        int n = text.length();
        room(n);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c > LAST_OF_ASCII) {
                return encoded(text.substring(i));
            }
            bytes[length++] = (byte) c;
        }
        return this;
    }

    private AsciiText encoded(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public AsciiText add(AsciiText other) {
        room(other.length);
        System.arraycopy(other.bytes, 0, bytes, length, other.length);
        length += other.length;
        return this;
    }

    public AsciiText add(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    public AsciiText add(long value) {
        if (value < 0) {
            return add(Long.toString(value));
        }
        digits(value, 1);
        return this;
    }

    /**
     * Appends units x 10^-scale as plain decimal text.
     *
     * @param units not negative
     * @param trim whether trailing zeros of the fraction are stripped
     */
    public AsciiText addDecimal(long units, int scale, boolean trim) {
        if (trim) {
            while (scale > 0 && units % 10 == 0) {
                units /= 10;
                scale--;
            }
        }
        if (scale == 0) {
            return add(units);
        }
        digits(units, scale + 1);
        room(1);
        int point = length - scale;
        System.arraycopy(bytes, point, bytes, point + 1, scale);
        bytes[point] = '.';
        length++;
        return this;
    }

    /** Removes the last character if it is the given one, such as a comma after the last item. */
    public AsciiText dropLast(char c) {
        if (length > 0 && bytes[length - 1] == c) {
            length--;
        }
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void digits(long value, int atLeast) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, atLeast);
        room(count);
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + value % 10);
            value /= 10;
        }
        length += count;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
