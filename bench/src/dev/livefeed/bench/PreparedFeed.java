package dev.livefeed.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * The feed, prepared before the measurement: complete WebSocket frames in memory, one trade frame per three deltas,
 * with the offsets at which a replay writes update id, times and trade ids. It starts with a snapshot of each symbol,
 * so that it can be restarted at any time.
 */
final class PreparedFeed {

    /** Digits of an update id. */
    static final int UPDATE_DIGITS = 10;

    static final int MILLIS_DIGITS = 13;
    static final int NUMBER_DIGITS = 12;

    private static final String NO_UPDATE = "0".repeat(UPDATE_DIGITS);
    private static final String NO_TIME = "1".repeat(MILLIS_DIGITS);
    private static final String NO_NUMBER = "9".repeat(NUMBER_DIGITS);

    /**
     * A frame.
     *
     * @param bytes WebSocket frame including its header
     * @param symbol index of its symbol
     * @param updateAt offset of the update id, or -1 in a trade frame
     * @param timesAt offsets of times in milliseconds
     * @param idsAt offsets of the numbers in the trade ids
     * @param seqsAt offsets of the sequences
     */
    record Frame(byte[] bytes, int symbol, int updateAt, int[] timesAt, int[] idsAt, int[] seqsAt) {

        boolean trades() {
            return updateAt < 0;
        }
    }

    private final List<FeedInstrument> instruments;
    private final List<Frame> frames = new ArrayList<>();
    private final Random random;
    private final boolean hasTrades;

    /**
     * @param count frames after the snapshots, a multiple of 4
     * @param hasTrades whether the feed has trades besides books
     */
    PreparedFeed(List<FeedInstrument> instruments, int count, long seed, boolean hasTrades) {
        this.instruments = instruments;
        this.hasTrades = hasTrades;
        this.random = new Random(seed);
        List<MarketWalk> markets = new ArrayList<>();
        for (int i = 0; i < instruments.size(); i++) {
            MarketWalk market = new MarketWalk(instruments.get(i).price(), random);
            markets.add(market);
            frames.add(book(i, "snapshot", market.bids(), market.asks()));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < instruments.size(); i++) {
            order.add(i);
        }
        for (int frameCount = 0; frameCount < count; frameCount += 4 * order.size()) {
            Collections.shuffle(order, random);
            for (int symbol : order) {
                MarketWalk market = markets.get(symbol);
                int tradeAt = random.nextInt(4);
                for (int i = 0; i < 4; i++) {
                    if (i == tradeAt && hasTrades) {
                        frames.add(trades(symbol, market));
                    } else {
                        MarketWalk.Delta delta = market.next();
                        frames.add(book(symbol, "delta", delta.bids(), delta.asks()));
                    }
                }
            }
        }
    }

    List<FeedInstrument> instruments() {
        return instruments;
    }

    boolean hasTrades() {
        return hasTrades;
    }

    List<Frame> frames() {
        return frames;
    }

    /** Total bytes of all frames. */
    long bytes() {
        return frames.stream().mapToLong(frame -> frame.bytes().length).sum();
    }

    private Frame book(int symbol, String type, Map<Long, Long> bids, Map<Long, Long> asks) {
        FeedInstrument instrument = instruments.get(symbol);
        String text = "{\"topic\":\"orderbook." + MarketWalk.LEVELS + '.' + instrument.symbol() + "\",\"type\":\""
                + type
                + "\",\"ts\":" + NO_TIME + ",\"data\":{\"s\":\"" + instrument.symbol() + "\",\"b\":"
                + levels(instrument, bids)
                + ",\"a\":" + levels(instrument, asks) + ",\"u\":" + NO_UPDATE + ",\"seq\":" + NO_NUMBER + "},\"cts\":"
                + NO_TIME + '}';
        return frame(text, symbol);
    }

    private static String levels(FeedInstrument instrument, Map<Long, Long> levels) {
        StringBuilder text = new StringBuilder("[");
        levels.forEach((price, qty) -> text.append(text.length() == 1 ? "" : ",")
                .append("[\"")
                .append(instrument.priceText(price))
                .append("\",\"")
                .append(instrument.qtyText(qty))
                .append("\"]"));
        return text.append(']').toString();
    }

    /** One trade, or in 15 % of the frames a sweep of two to four. */
    private Frame trades(int symbol, MarketWalk market) {
        FeedInstrument instrument = instruments.get(symbol);
        boolean buy = random.nextBoolean();
        int count = random.nextInt(100) < 85 ? 1 : 2 + random.nextInt(3);
        List<Long> prices = new ArrayList<>((buy ? market.asks() : market.bids()).keySet()).subList(0, count);
        StringBuilder text = new StringBuilder("{\"topic\":\"publicTrade.")
                .append(instrument.symbol())
                .append("\",\"type\":\"snapshot\",\"ts\":")
                .append(NO_TIME)
                .append(",\"data\":[");
        for (int i = 0; i < count; i++) {
            String id =
                    new UUID(random.nextLong(), random.nextLong()).toString().substring(0, 24);
            text.append(i == 0 ? "" : ",")
                    .append("{\"T\":")
                    .append(NO_TIME)
                    .append(",\"s\":\"")
                    .append(instrument.symbol())
                    .append(buy ? "\",\"S\":\"Buy\",\"v\":\"" : "\",\"S\":\"Sell\",\"v\":\"")
                    .append(instrument.qtyText(market.size()))
                    .append("\",\"p\":\"")
                    .append(instrument.priceText(prices.get(i)))
                    .append(buy ? "\",\"L\":\"PlusTick\",\"i\":\"" : "\",\"L\":\"MinusTick\",\"i\":\"")
                    .append(id)
                    .append(NO_NUMBER)
                    .append("\",\"BT\":false,\"RPI\":false,\"seq\":")
                    .append(NO_NUMBER)
                    .append('}');
        }
        return frame(text.append("]}").toString(), symbol);
    }

    private static Frame frame(String text, int symbol) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        int header = payload.length < 126 ? 2 : 4;
        byte[] bytes = new byte[header + payload.length];
        bytes[0] = (byte) 0x81;
        if (header == 2) {
            bytes[1] = (byte) payload.length;
        } else {
            bytes[1] = 126;
            bytes[2] = (byte) (payload.length >> 8);
            bytes[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, bytes, header, payload.length);
        int update = text.indexOf("\"u\":" + NO_UPDATE);
        return new Frame(
                bytes,
                symbol,
                update < 0 ? -1 : header + update + 4,
                offsets(text, ":" + NO_TIME, 1, header),
                offsets(text, NO_NUMBER + '"', 0, header),
                offsets(text, "\"seq\":" + NO_NUMBER, 6, header));
    }

    private static int[] offsets(String text, String what, int skip, int header) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1)) {
            offsets.add(header + at + skip);
        }
        return offsets.stream().mapToInt(Integer::intValue).toArray();
    }
}
