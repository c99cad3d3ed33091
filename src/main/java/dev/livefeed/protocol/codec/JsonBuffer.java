package dev.livefeed.protocol.codec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer that writes JSON strings, integers and scaled longs. Not thread-safe. */
final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] array = new byte[4096];
    private int length;
    private final byte[] digits = new byte[20];

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** Clears the content, and releases the memory left by a very long line. */
    void clear() {
        length = 0;
        if (array.length > 1 << 20) {
            array = new byte[4096];
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(array, length);
    }

    JsonBuffer raw(char c) {
        room(1);
        array[length++] = (byte) c;
        return this;
    }

    /** Takes the last byte back. */
    void unraw() {
        length--;
    }

    JsonBuffer bytes(byte[] bytes, int offset, int count) {
        room(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
        return this;
    }

    /** Writes text that is known to be ASCII. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII without an encoder
    JsonBuffer ascii(String text) {
        int n = text.length();
        room(n);
        text.getBytes(0, n, array, length);
        length += n;
        return this;
    }

    /** Writes a JSON string with quotes. */
    JsonBuffer string(String text) {
        int n = text.length();
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return escaped(text);
            }
        }
        raw('"');
        ascii(text);
        return raw('"');
    }

    private JsonBuffer escaped(String text) {
        raw('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                raw('\\').raw(c);
            } else if (c >= ' ' && c <= '~') {
                raw(c);
            } else {
                room(6);
                array[length++] = '\\';
                array[length++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    array[length++] = HEX[(c >> shift) & 15];
                }
            }
        }
        return raw('"');
    }

    JsonBuffer number(long value) {
        return decimal(value, 0);
    }

    /** Writes microseconds as milliseconds, with decimal places only if needed. */
    JsonBuffer millis(long micros) {
        return micros % 1_000 == 0 ? decimal(micros / 1_000, 0) : decimal(micros, 3);
    }

    JsonBuffer decimal(BigDecimal value) {
        int scale = value.scale();
        if (value.precision() <= 18 && scale >= 0 && scale <= 18) {
            return decimal(value.unscaledValue().longValue(), scale);
        }
        return ascii(value.toPlainString());
    }

    /** Writes a scaled long: 7142380 at scale 2 becomes 71423.80. */
    JsonBuffer decimal(long unscaled, int scale) {
        if (scale > 18) {
            return ascii(BigDecimal.valueOf(unscaled, scale).toPlainString());
        }
        room(24);
        if (unscaled < 0) {
            if (unscaled == Long.MIN_VALUE) {
                return ascii(BigDecimal.valueOf(unscaled, scale).toPlainString());
            }
            array[length++] = '-';
            unscaled = -unscaled;
        }
        int n = 0;
        do {
            digits[n++] = (byte) ('0' + unscaled % 10);
            unscaled /= 10;
        } while (unscaled != 0);
        while (n <= scale) {
            digits[n++] = '0';
        }
        while (n > 0) {
            if (n == scale) {
                array[length++] = '.';
            }
            array[length++] = digits[--n];
        }
        return this;
    }

    private void room(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
