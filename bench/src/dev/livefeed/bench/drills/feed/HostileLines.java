package dev.livefeed.bench.drills.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lines that are no events: each of them must become a dead letter. The trades that are mutated have faults already, so
 * that they stay invalid even if the mutation happens to be harmless.
 */
final class HostileLines {

    private static final int MILLION_BYTES = 1 << 20;
    /** Every 200,000th line exceeds the maximum length of a line. */
    private static final int TOO_LONG_EACH = 200_000;
    /** Of every 1,000 lines one is deeply nested and one has 10,000 to 30,000 characters. */
    private static final int LONG_EACH = 1_000;
    /** The last of the fixed lines nest deeply. */
    private static final int DEEP = 2;

    private static final String TRADE = "{\"type\":\"trade\",\"timestamp\":%d,\"symbol\":\"%s\","
            + "\"category\":\"linear\",\"price\":%s,\"qty\":\"0.010\",\"side\":\"%s\",\"id\":\"hostile\"}";
    private static final String[] PRICES = {"-1", "0", "\"NaN\"", "\"abc\"", "1e15", "null", "[]", "\"1e400\""};
    private static final String[] NO_OBJECTS = {"[1,2,3]", "42", "null", "\"text\"", "true", "[[[[[[[[", "]"};
    private static final String[] TEXTS = {
        "Traceback (most recent call last):",
        "HTTP/1.1 200 OK",
        "<html><body>502 Bad Gateway</body></html>",
        "\u001b[31mred\u001b[0m \u202egnp.exe\u202c",
        "${jndi:ldap://127.0.0.1/a}",
        "{\"type\":\"trade\""
    };

    private final SplittableRandom random;
    private final byte[][] mutable;
    private final byte[][] fixed;
    private final byte[] tooLong;
    private long made;

    HostileLines(long seed) {
        random = new SplittableRandom(seed);
        long now = System.currentTimeMillis();
        mutable = new byte[PRICES.length][];
        for (int i = 0; i < PRICES.length; i++) {
            mutable[i] = bytes(String.format(TRADE, now, "BTCUSDT", PRICES[i], "hold"));
        }
        byte[] notUtf8 = bytes(String.format(TRADE, now, "BTC??SDT", "1", "buy"));
        int at = new String(notUtf8, StandardCharsets.US_ASCII).indexOf("??");
        notUtf8[at] = (byte) 0xC3;
        notUtf8[at + 1] = 0x28;
        fixed = new byte[][] {
            notUtf8,
            bytes(String.format(TRADE, now, "EVIL1USDT", "\"100\"", "buy")),
            bytes(String.format(TRADE, now, "../../etc/passwd", "\"100\"", "buy")),
            bytes(String.format(TRADE, now, "BTC\u202eUSDT", "\"100\"", "buy")),
            bytes(String.format(TRADE, now + 21_600_000L, "BTCUSDT", "\"100\"", "buy")),
            bytes(String.format(TRADE, 1_000L, "BTCUSDT", "\"100\"", "buy")),
            bytes(String.format(TRADE, now, "BTCUSDT", "\"100\"", "buy").replace("\"id\"", "\"qty\"")),
            bytes(String.format(TRADE, now, "BTCUSDT", "\"100\",\"price\":\"101\"", "buy")),
            bytes(String.format(TRADE, now, "BTCUSDT", "\"1\u0001\"", "buy")),
            bytes("{\"price\":1}"),
            bytes("{\"a\":".repeat(2_000)),
            bytes(String.format(TRADE, now, "BTCUSDT", "{\"x\":".repeat(1_200), "buy"))
        };
        tooLong = bytes("{\"type\":\"trade\",\"more\":\"" + "x".repeat(MILLION_BYTES) + "\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Any hostile line, without its end. */
    byte[] next() {
        made++;
        if (made % TOO_LONG_EACH == 0) {
            return tooLong;
        }
        if (made % LONG_EACH == 0) {
            return fixed[fixed.length - 1 - random.nextInt(DEEP)];
        }
        return made % LONG_EACH == 1 ? bytes("x".repeat(10_000 + random.nextInt(20_000))) : small();
    }

    /** A hostile line of about the length of a trade. */
    byte[] small() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> mutated();
            case 2 -> cut();
            case 3 -> fixed[random.nextInt(fixed.length - DEEP)];
            default ->
                bytes(
                        random.nextBoolean()
                                ? NO_OBJECTS[random.nextInt(NO_OBJECTS.length)]
                                : TEXTS[random.nextInt(TEXTS.length)]);
        };
    }

    /** One to three bytes are others, none of them the end of a line; the type stays. */
    private byte[] mutated() {
        byte[] line = mutable[random.nextInt(mutable.length)].clone();
        int first = "{\"type\":\"trade\",".length();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int value = random.nextInt(256);
            line[first + random.nextInt(line.length - first)] = (byte) (value == '\n' || value == '\r' ? 'x' : value);
        }
        return line;
    }

    /** Ends somewhere within the object. */
    private byte[] cut() {
        byte[] line = mutable[random.nextInt(mutable.length)];
        return Arrays.copyOf(line, 1 + random.nextInt(line.length - 1));
    }
}
