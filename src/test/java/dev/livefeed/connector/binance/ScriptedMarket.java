package dev.livefeed.connector.binance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The market of one symbol: a book that walks, its trades, and what was true when. Guarded by the server's lock. */
final class ScriptedMarket {

    static final int TOP = 20;

    final String symbol;
    final TreeMap<Long, Long> bids = new TreeMap<>((a, b) -> Long.compare(b, a));
    final TreeMap<Long, Long> asks = new TreeMap<>();

    /** The best levels after each update, by its last id. */
    final Map<Long, String> truth = new HashMap<>();

    final List<Deal> deals = new ArrayList<>();

    /** Older snapshots as JSON, the oldest first. */
    private final Deque<String> past = new ArrayDeque<>();

    private final Random random;
    private final boolean futures;
    private final long firstTradeId;
    long lastId = 1_000;
    long previousId = 1_000;
    private long mid = 5_000_000;
    private int drift;
    private int steps;

    /** @param id of the aggregate trade */
    record Deal(long id, long millis, long price, long qty, boolean buyerIsMaker) {}

    /** What happened in a step: an update of the book, and trades. */
    record Step(String depth, List<Deal> deals) {}

    /** @param levels a side at the beginning */
    ScriptedMarket(String symbol, boolean futures, int levels, long seed) {
        this.symbol = symbol;
        this.futures = futures;
        this.random = new Random(seed);
        this.firstTradeId = 70_000 + random.nextInt(1_000);
        for (int i = 1; i <= levels; i++) {
            bids.put(mid - i, 1L + random.nextInt(9_000));
            asks.put(mid + i, 1L + random.nextInt(9_000));
        }
        truth.put(lastId, top());
    }

    /** Moves the price by that many ticks per step. */
    void drift(int ticks) {
        drift = ticks;
    }

    /** Adds that many past trades, the last one before now. */
    void past(int count, long millis) {
        for (int i = 0; i < count; i++) {
            deals.add(new Deal(
                    firstTradeId + deals.size(), millis - (count - i) * 100L, mid + i % 7, 1L + i % 50, i % 2 == 0));
        }
    }

    Step step(long millis) {
        TreeMap<Long, Long> changedBids = new TreeMap<>((a, b) -> Long.compare(b, a));
        TreeMap<Long, Long> changedAsks = new TreeMap<>();
        mid += drift + random.nextInt(3) - 1;
        while (!asks.isEmpty() && asks.firstKey() <= mid) {
            changedAsks.put(asks.pollFirstEntry().getKey(), 0L);
        }
        while (!bids.isEmpty() && bids.firstKey() >= mid) {
            changedBids.put(bids.pollFirstEntry().getKey(), 0L);
        }
        for (int i = 0; i < 4; i++) {
            change(bids, changedBids, mid - 1 - random.nextInt(40));
            change(asks, changedAsks, mid + 1 + random.nextInt(40));
        }
        if (bids.isEmpty() || asks.isEmpty()) {
            change(bids, changedBids, mid - 1);
            change(asks, changedAsks, mid + 1);
        }
        long first = lastId + 1 + (futures ? random.nextInt(5) : 0);
        previousId = lastId;
        lastId = first + random.nextInt(4);
        truth.put(lastId, top());
        String depth = "{\"e\":\"depthUpdate\",\"E\":" + millis + (futures ? ",\"T\":" + millis : "") + ",\"s\":\""
                + symbol + "\",\"U\":" + first + ",\"u\":" + lastId + (futures ? ",\"pu\":" + previousId : "")
                + ",\"b\":" + json(changedBids, Integer.MAX_VALUE) + ",\"a\":" + json(changedAsks, Integer.MAX_VALUE)
                + "}";
        if (steps++ % 20 == 0) {
            past.add(snapshot(millis, 1_000));
            if (past.size() > 10) {
                past.poll();
            }
        }
        List<Deal> done = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            boolean sold = random.nextBoolean();
            Deal deal = new Deal(
                    firstTradeId + deals.size(),
                    millis,
                    sold ? bids.firstKey() : asks.firstKey(),
                    1L + random.nextInt(5_000),
                    sold);
            deals.add(deal);
            done.add(deal);
        }
        return new Step(depth, done);
    }

    private void change(TreeMap<Long, Long> side, TreeMap<Long, Long> changes, long price) {
        long qty = random.nextInt(4) == 0 ? 0 : 1L + random.nextInt(9_000);
        if (qty == 0 && side.size() < 5) {
            return;
        }
        if (qty == 0) {
            side.remove(price);
        } else {
            side.put(price, qty);
        }
        changes.put(price, qty);
    }

    private String top() {
        return json(bids, TOP) + json(asks, TOP);
    }

    String snapshot(long millis, int limit) {
        return "{\"lastUpdateId\":" + lastId + (futures ? ",\"E\":" + millis + ",\"T\":" + millis : "") + ",\"bids\":"
                + json(bids, limit) + ",\"asks\":" + json(asks, limit) + "}";
    }

    /** An old snapshot. */
    String staleSnapshot() {
        return past.peek();
    }

    String trades(long fromId, long startTime, int limit) {
        List<Deal> rows = deals.stream()
                .filter(deal -> deal.id() >= fromId && deal.millis() >= startTime)
                .toList();
        boolean last = fromId < 0 && startTime < 0;
        rows = last
                ? rows.subList(Math.max(0, rows.size() - limit), rows.size())
                : rows.subList(0, Math.min(limit, rows.size()));
        List<String> texts = rows.stream().map(ScriptedMarket::row).toList();
        return "[" + String.join(",", texts) + "]";
    }

    private static String row(Deal deal) {
        return "{\"a\":" + deal.id() + ",\"p\":\"" + price(deal.price()) + "\",\"q\":\"" + qty(deal.qty())
                + "\",\"f\":1,\"l\":2,\"T\":" + deal.millis() + ",\"m\":" + deal.buyerIsMaker() + ",\"M\":true}";
    }

    String frame(Deal deal) {
        return "{\"e\":\"aggTrade\",\"E\":" + deal.millis() + ",\"s\":\"" + symbol + "\",\"a\":" + deal.id()
                + ",\"p\":\"" + price(deal.price()) + "\",\"q\":\"" + qty(deal.qty()) + "\",\"f\":1,\"l\":2,\"T\":"
                + deal.millis() + ",\"m\":" + deal.buyerIsMaker() + "}";
    }

    String bookTicker() {
        return "{\"u\":" + lastId + ",\"s\":\"" + symbol + "\",\"b\":\"" + price(bids.firstKey()) + "\",\"B\":\""
                + qty(bids.firstEntry().getValue()) + "\",\"a\":\"" + price(asks.firstKey()) + "\",\"A\":\""
                + qty(asks.firstEntry().getValue()) + "\"}";
    }

    String ticker(long millis) {
        return "{\"e\":\"24hrTicker\",\"E\":" + millis + ",\"s\":\"" + symbol
                + "\",\"p\":\"10.00\",\"P\":\"1.250\",\"w\":\"50000.00\",\"c\":\"" + price(mid)
                + "\",\"Q\":\"0.1\",\"o\":\"49000.00\",\"h\":\"51000.00\",\"l\":\"48000.00\",\"v\":\"1234.5\","
                + "\"q\":\"61725000.00\",\"O\":1,\"C\":2,\"F\":1,\"L\":2,\"n\":2}";
    }

    private static String json(TreeMap<Long, Long> side, int limit) {
        StringBuilder text = new StringBuilder("[");
        side.entrySet().stream().limit(limit).forEach(level -> text.append(text.length() == 1 ? "" : ",")
                .append("[\"")
                .append(price(level.getKey()))
                .append("\",\"")
                .append(qty(level.getValue()))
                .append("\"]"));
        return text.append(']').toString();
    }

    static String price(long ticks) {
        return ticks / 100 + "." + (ticks % 100 < 10 ? "0" : "") + ticks % 100;
    }

    private static String qty(long thousandths) {
        return java.math.BigDecimal.valueOf(thousandths, 3).toPlainString();
    }
}
