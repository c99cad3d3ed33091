package dev.livefeed.app.history;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * Numbers in as few bytes as their digits need. A whole number has seven bits in each byte, lowest first. A decimal is
 * its scale and its digits; one of more than 62 bits has {@link #LONG} added to its scale, and its length and bytes.
 */
final class PackedNumbers {

    private static final int LONG = 0x80;
    private static final int SCALES = 0x7f;
    private static final int BITS = 62;

    private PackedNumbers() {}

    /** @param number not negative */
    static void put(ByteBuffer to, long number) {
        long rest = number;
        while (rest > SCALES) {
            to.put((byte) (rest & SCALES | LONG));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    static long number(ByteBuffer from) {
        long number = 0;
        int shift = 0;
        while (true) {
            byte next = from.get();
            number |= (long) (next & SCALES) << shift;
            if (next >= 0) {
                return number;
            }
            shift += 7;
        }
    }

    /** @param decimal not negative, with at most 127 decimal places */
    static void put(ByteBuffer to, BigDecimal decimal) {
        BigDecimal plain = decimal.scale() < 0 ? decimal.setScale(0) : decimal;
        BigInteger digits = plain.unscaledValue();
        if (digits.bitLength() <= BITS) {
            to.put((byte) plain.scale());
            put(to, digits.longValueExact());
        } else {
            byte[] bytes = digits.toByteArray();
            to.put((byte) (plain.scale() | LONG));
            to.put((byte) bytes.length);
            to.put(bytes);
        }
    }

    static BigDecimal decimal(ByteBuffer from) {
        int scale = from.get();
        if (scale >= 0) {
            return BigDecimal.valueOf(number(from), scale);
        }
        byte[] bytes = new byte[from.get()];
        from.get(bytes);
        return new BigDecimal(new BigInteger(bytes), scale & SCALES);
    }

    /** A decimal as its distance from one that is not greater. Of equal scales it is one whole number. */
    static void putAbove(ByteBuffer to, BigDecimal base, BigDecimal decimal) {
        BigDecimal distance = decimal.subtract(base);
        boolean sameScale = decimal.scale() == base.scale() && distance.precision() <= 18;
        // The lowest bit tells the two forms apart.
        if (sameScale && distance.unscaledValue().bitLength() < BITS) {
            put(to, distance.unscaledValue().longValueExact() << 1);
        } else {
            put(to, 1);
            put(to, decimal);
        }
    }

    static BigDecimal above(ByteBuffer from, BigDecimal base) {
        long first = number(from);
        return (first & 1) == 1 ? decimal(from) : base.add(BigDecimal.valueOf(first >> 1, base.scale()));
    }
}
