package dev.livefeed.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes through a line of plain JSON byte by byte: no white space, no escapes, nothing but ASCII. Every method returns
 * whether what it looks for stands there and goes behind it then; where it does not, the cursor is of no use any more.
 *
 * <p>Whatever it accepts is JSON, and means what it means to any other JSON reader. Serves one thread.
 */
public final class LineCursor {

    /** Digits that fit a long whatever they are. */
    private static final int MAX_DIGITS = 18;

    private byte[] line;
    private int at;
    private int end;

    private int textStart;
    private int textLength;
    private long unscaled;
    private int scale;

    /** Begins a line; its bytes must not change while the cursor is in use. */
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

    /** These bytes; where they do not stand there the cursor stays where it is, and may be asked for others. */
    public boolean skip(byte[] expected) {
        int behind = at + expected.length;
        if (behind <= end && Arrays.equals(line, at, behind, expected, 0, expected.length)) {
            at = behind;
            return true;
        }
        return false;
    }

    /** The rest of a string whose opening quote is behind the cursor, up to its closing one: {@link #text}. */
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

    /** A whole number >= 0 of at most 18 digits: {@link #unscaled}. */
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

    /** The number last read, its digits as one whole number. */
    public long unscaled() {
        return unscaled;
    }

    /** How many of those digits stood behind the point. */
    public int scale() {
        return scale;
    }

    /** Where the text last read begins in the line's bytes. */
    public int textOffset() {
        return textStart;
    }

    /** Length of the text last read. */
    public int textLength() {
        return textLength;
    }

    /** The text last read. */
    public String text() {
        return new String(line, textStart, textLength, StandardCharsets.ISO_8859_1);
    }

    /** Whether the text last read is this one. */
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

    /** A hash of the text last read. */
    public int textHash() {
        int hash = 0;
        for (int i = 0; i < textLength; i++) {
            hash = 31 * hash + line[textStart + i];
        }
        return hash ^ (hash >>> 8);
    }
}
