package dev.livefeed.bench.micro;

import dev.livefeed.protocol.model.InstrumentId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Frames of a linear symbol in the venue's format, prepared before the measurement: a snapshot of 50 levels per side,
 * then deltas of ten levels per side, 40 % of which move the book by a tick. The frames are repeated from the snapshot
 * on.
 */
public final class PreparedFrames {

    public static final String SYMBOL = "BTCUSDT";
    static final InstrumentId INSTRUMENT = InstrumentId.of(null, "linear", SYMBOL);

    /** Time of the first frame, milliseconds since 1970. */
    public static final long START_MILLIS = 1_772_323_200_000L;

    private static final int DEPTH = 50;
    private static final int RESIZED = 8;

    private final Random random = new Random(11);
    private long middle = 500_000;

    private PreparedFrames() {}

    /** A snapshot and the following deltas, {@code count} frames in total. */
    public static List<byte[]> book(int count) {
        PreparedFrames walk = new PreparedFrames();
        List<byte[]> frames = new ArrayList<>(count);
        frames.add(walk.snapshot());
        while (frames.size() < count) {
            frames.add(walk.change(frames.size() + 1));
        }
        return frames;
    }

    /** Frames of one trade each. */
    public static List<byte[]> trades(int count) {
        Random random = new Random(12);
        List<byte[]> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = START_MILLIS + i;
            frames.add(bytes("{\"topic\":\"publicTrade." + SYMBOL + "\",\"type\":\"snapshot\",\"ts\":" + at
                    + ",\"data\":[{\"T\":" + at + ",\"s\":\"" + SYMBOL + "\",\"S\":\""
                    + (random.nextBoolean() ? "Buy" : "Sell") + "\",\"v\":\"0.0" + (10 + random.nextInt(90))
                    + "\",\"p\":\"" + (49_900 + random.nextInt(200)) + "." + random.nextInt(10)
                    + "\",\"L\":\"PlusTick\",\"i\":\"20f43950-d8dd-5b31-9112-" + (100_000_000_000L + i)
                    + "\",\"BT\":false,\"RPI\":false,\"seq\":" + (7_961_638_724L + i) + "}]}"));
        }
        return frames;
    }

    private byte[] snapshot() {
        StringBuilder bids = new StringBuilder();
        StringBuilder asks = new StringBuilder();
        for (int i = 1; i <= DEPTH; i++) {
            level(bids, middle - i, size());
            level(asks, middle + i, size());
        }
        return frame("snapshot", bids, asks, 1);
    }

    private byte[] change(int updateId) {
        StringBuilder bids = new StringBuilder();
        StringBuilder asks = new StringBuilder();
        if (random.nextInt(10) < 4) {
            boolean up = middle < 500_400 && (middle < 499_600 || random.nextBoolean());
            StringBuilder gains = up ? bids : asks;
            StringBuilder loses = up ? asks : bids;
            int direction = up ? 1 : -1;
            level(gains, middle, size());
            level(gains, middle - (long) direction * DEPTH, 0);
            level(loses, middle + direction, 0);
            level(loses, middle + direction * (DEPTH + 1L), size());
            middle += direction;
        }
        int first = 1 + random.nextInt(DEPTH - RESIZED);
        for (int i = 0; i < RESIZED; i++) {
            level(bids, middle - first - i, size());
            level(asks, middle + first + i, size());
        }
        return frame("delta", bids, asks, updateId);
    }

    private int size() {
        return 1 + random.nextInt(99_999);
    }

    private static void level(StringBuilder side, long tenths, int thousandths) {
        side.append(side.isEmpty() ? "[\"" : ",[\"")
                .append(tenths / 10)
                .append('.')
                .append(tenths % 10)
                .append("\",\"");
        if (thousandths == 0) {
            side.append('0');
        } else {
            side.append(thousandths / 1000).append('.').append(1000 + thousandths % 1000);
            side.deleteCharAt(side.length() - 4);
        }
        side.append("\"]");
    }

    private static byte[] frame(String type, StringBuilder bids, StringBuilder asks, int updateId) {
        long at = START_MILLIS + updateId * 20L;
        return bytes("{\"topic\":\"orderbook.50." + SYMBOL + "\",\"type\":\"" + type + "\",\"ts\":" + at
                + ",\"data\":{\"s\":\"" + SYMBOL + "\",\"b\":[" + bids + "],\"a\":[" + asks + "],\"u\":" + updateId
                + ",\"seq\":" + (7_961_638_724L + updateId) + "},\"cts\":" + (at - 3) + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
