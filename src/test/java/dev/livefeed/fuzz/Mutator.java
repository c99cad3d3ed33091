package dev.livefeed.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes valid inputs: bits, bytes and ranges, parts of other inputs, extreme numbers, odd text, deep nesting and huge
 * texts. The same random numbers give the same inputs.
 */
final class Mutator {

    /** The longest input: that of a line of the protocol. */
    private static final int MOST_BYTES = 1 << 20;

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "00",
            "1.",
            ".5",
            "+1",
            "0x10",
            "1_000",
            "NaN",
            "-Infinity",
            "1e5",
            "1E-5",
            "1e400",
            "1e-400",
            "1e999999999",
            "1e-999999999",
            "1E2147483648",
            "1e-2147483648",
            "1e99999999999999999999",
            "0e999999999",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551616",
            "4294967296",
            "2147483648",
            "999999999999999.999",
            "0.000000000000000001",
            "1234567890123456789.123456789",
            "1795358219344999",
            "253402300800000",
            "1".repeat(400),
            "0." + "0".repeat(400) + "1",
            "9".repeat(1_200));

    private static final List<String> TEXTS = List.of(
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "\\u2028",
            "\\u202e",
            "\\u0085",
            "\\n",
            "\\\"",
            "\\x",
            "\\u12",
            "\u0001",
            "\n",
            "\r\n",
            "\t",
            "\ufeff",
            "\u202e",
            "\u2028",
            "\u0660\u0661\u0662",
            "\u0130\u0131",
            "e\u0301",
            "\ud83d\ude80",
            "../../etc/passwd",
            "%00",
            "%s%n",
            "${env:HOME}",
            "{{x}}",
            "<script>",
            "' OR 1=1",
            "null",
            "true",
            "\"\"",
            "[]",
            "{}",
            "{",
            "]",
            ",",
            ":",
            "\"");

    /** Bytes that are no UTF-8, or no text. */
    private static final byte[][] BYTES = {
        {0},
        {(byte) 0x80},
        {(byte) 0xc0, (byte) 0x80},
        {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
        {(byte) 0xff, (byte) 0xfe},
        {(byte) 0xe2, (byte) 0x82},
        {0x1f, (byte) 0x8b},
    };

    private static final String STRUCTURE = "{}[]\",:\\ \n0123456789.-+eEtrufalsn/=#%&";

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** A changed input; {@code all} are the others that it may take parts of. */
    byte[] change(List<byte[]> all) {
        byte[] input = any(all);
        int changes = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2);
        for (int i = 0; i < changes; i++) {
            input = once(input, all);
        }
        return input.length <= MOST_BYTES ? input : Arrays.copyOf(input, MOST_BYTES);
    }

    private byte[] once(byte[] input, List<byte[]> all) {
        if (input.length == 0) {
            return any(all);
        }
        int from = random.nextInt(input.length);
        int to = from + random.nextInt(Math.min(input.length - from, 1 << random.nextInt(10)) + 1);
        return switch (random.nextInt(17)) {
            case 0 -> flipped(input, from);
            case 1 -> replaced(input, from, from + 1, new byte[] {(byte) random.nextInt(256)});
            case 2 -> replaced(input, from, from + 1, new byte[] {structure()});
            case 3 -> replaced(input, from, from, new byte[] {structure()});
            case 4 -> replaced(input, from, to, new byte[0]);
            case 5 -> replaced(input, to, to, Arrays.copyOfRange(input, from, to));
            case 6 -> Arrays.copyOf(input, from);
            case 7 -> spliced(input, from, any(all));
            case 8, 9, 10 -> token(input, from, true);
            case 11, 12 -> token(input, from, false);
            case 13 -> replaced(input, from, from, BYTES[random.nextInt(BYTES.length)]);
            case 14 -> replaced(input, from, from, bytes(TEXTS.get(random.nextInt(TEXTS.size()))));
            case 15 -> moved(input, from, to);
            default -> random.nextInt(20) == 0 ? large(input, from) : flipped(input, from);
        };
    }

    private byte[] any(List<byte[]> all) {
        return all.get(random.nextInt(all.size()));
    }

    private byte structure() {
        return (byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()));
    }

    private byte[] flipped(byte[] input, int at) {
        byte[] result = input.clone();
        result[at] ^= (byte) (1 << random.nextInt(8));
        return result;
    }

    private byte[] spliced(byte[] input, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        int to = random.nextBoolean() ? other.length : from + random.nextInt(other.length - from + 1);
        byte[] part = Arrays.copyOfRange(other, from, to);
        return random.nextBoolean() ? replaced(input, at, at, part) : replaced(input, at, input.length, part);
    }

    private byte[] moved(byte[] input, int from, int to) {
        byte[] part = Arrays.copyOfRange(input, from, to);
        byte[] rest = replaced(input, from, to, new byte[0]);
        int at = random.nextInt(rest.length + 1);
        return replaced(rest, at, at, part);
    }

    /** Replaces the next number, or the inside of the next quotes, if there is one. */
    private byte[] token(byte[] input, int start, boolean number) {
        for (int i = start; i < input.length; i++) {
            if (number && digit(input[i])) {
                int end = i;
                while (end < input.length && (digit(input[end]) || input[end] == '.')) {
                    end++;
                }
                return replaced(input, i, end, bytes(NUMBERS.get(random.nextInt(NUMBERS.size()))));
            }
            if (!number && input[i] == '"') {
                int end = i + 1;
                while (end < input.length && input[end] != '"') {
                    end++;
                }
                List<String> from = random.nextInt(3) == 0 ? NUMBERS : TEXTS;
                return replaced(input, i + 1, end, bytes(from.get(random.nextInt(from.size()))));
            }
        }
        return flipped(input, start);
    }

    private byte[] large(byte[] input, int at) {
        int times = 1 << random.nextInt(8, 18);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(input, at, at, bytes("[".repeat(times)));
            case 1 -> replaced(input, at, at, bytes("[".repeat(times) + "]".repeat(times)));
            case 2 -> replaced(input, at, at, bytes("{\"a\":".repeat(times) + "1" + "}".repeat(times)));
            case 3 -> replaced(input, at, at, bytes("a".repeat(times)));
            case 4 -> replaced(input, at, at, bytes("7".repeat(times)));
            default -> repeated(input, at, times);
        };
    }

    private byte[] repeated(byte[] input, int from, int times) {
        byte[] part = Arrays.copyOfRange(input, from, Math.min(input.length, from + 1 + random.nextInt(64)));
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.write(input, 0, from);
        for (int i = 0; i < Math.min(times, MOST_BYTES / part.length); i++) {
            result.write(part, 0, part.length);
        }
        result.write(input, from, input.length - from);
        return result.toByteArray();
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] with) {
        byte[] result = new byte[input.length - (to - from) + with.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(with, 0, result, from, with.length);
        System.arraycopy(input, to, result, from + with.length, input.length - to);
        return result;
    }
}
