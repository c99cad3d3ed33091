package dev.livefeed.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Parses a line of plain JSON byte by byte: no white space, no escapes, only ASCII. Each method returns whether the
 * expected token follows, and moves past it; after false the cursor must not be used any more.
 *
 * <p>Everything it accepts is JSON with its usual meaning. Not thread-safe.
 */
public final class LineCursor {

    /** Number of digits that always fit into a long. */
    private static final int MAX_DIGITS = 18;

    private byte[] line;
    private int at;
    private int end;

    private int textStart;
    private int textLength;
    private long unscaled;
    private int scale;

    /** Starts a line; its bytes must not change during parsing. */
    public void reset(byte[] bytes, int offset, int length) {
        line = bytes;
        at = offset;
        end = offset + length;
    }

    /** The end of the line. */
    public boolean end() {
        return at == end;
    }

    /** One byte. */
    public boolean skip(char c) {
        if (at < end && line[at] == c) {
            at++;
            return true;
        }
        return false;
    }

    /** These bytes; if they do not follow, the cursor does not move and remains usable. */
    public boolean skip(byte[] expected) {
        int behind = at + expected.length;
        if (behind <= end && Arrays.equals(line, at, behind, expected, 0, expected.length)) {
            at = behind;
            return true;
        }
        return false;
    }

    /** The rest of a string after its opening quote, up to the closing one: {@link #text}. */
    public boolean string() {
        int from = at;
        int to = from;
        while (to < end && line[to] != '"') {
            byte c = line[to];
            if (c < ' ' || c == '\\' || c == 127) {
                return false;
            }
            to++;
        }
        textStart = from;
        textLength = to - from;
        at = to + 1;
        return to < end;
    }

    /** A number >= 0 without exponent: {@link #unscaled} and {@link #scale}. */
    public boolean decimal() {
        byte[] bytes = line;
        int from = at;
        int to = from;
        int point = -1;
        long digits = 0;
        for (; to < end; to++) {
            int digit = bytes[to] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
            } else if (bytes[to] == '.' && point < 0) {
                point = to;
            } else {
                break;
            }
        }
        int integers = (point < 0 ? to : point) - from;
        int behind = point < 0 ? 0 : to - point - 1;
        if (integers == 0
                || integers > DecimalParser.MAX_INTEGER_DIGITS
                || integers + behind > MAX_DIGITS
                || (integers > 1 && bytes[from] == '0')
                || (point >= 0 && behind == 0)) {
            return false;
        }
        unscaled = digits;
        scale = behind;
        at = to;
        return true;
    }

    /** An integer >= 0 of at most 18 digits: {@link #unscaled}. */
    public boolean whole() {
        int from = at;
        int to = from;
        long digits = 0;
        while (to < end && line[to] >= '0' && line[to] <= '9') {
            digits = digits * 10 + (line[to] - '0');
            to++;
        }
        int count = to - from;
        if (count == 0 || count > MAX_DIGITS || (count > 1 && line[from] == '0')) {
            return false;
        }
        unscaled = digits;
        at = to;
        return true;
    }

    /** The digits of the last number as one integer. */
    public long unscaled() {
        return unscaled;
    }

    /** Number of decimal places of the last number. */
    public int scale() {
        return scale;
    }

    /** Offset of the last text in the line. */
    public int textOffset() {
        return textStart;
    }

    /** Length of the last text. */
    public int textLength() {
        return textLength;
    }

    /** The last text. */
    public String text() {
        return new String(line, textStart, textLength, StandardCharsets.ISO_8859_1);
    }

    /** Whether the last text equals this one. */
    public boolean textIs(String other) {
        if (other == null || other.length() != textLength) {
            return false;
        }
        for (int i = 0; i < textLength; i++) {
            if (other.charAt(i) != line[textStart + i]) {
                return false;
            }
        }
        return true;
    }

    /** A hash of the last text. */
    public int textHash() {
        int hash = 0;
        for (int i = 0; i < textLength; i++) {
            hash = 31 * hash + line[textStart + i];
        }
        return hash ^ (hash >>> 8);
    }
}
