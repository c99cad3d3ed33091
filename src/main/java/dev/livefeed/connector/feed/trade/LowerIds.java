package dev.livefeed.connector.feed.trade;

import dev.livefeed.protocol.model.Trade;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Consecutive trades with lower ids than an earlier one, although ids rise on a connection. Several of them show that
 * the earlier id was wrong, or that the venue has restarted its ids; a single one may itself be wrong.
 */
final class LowerIds {

    private static final int ENOUGH = 3;

    private final TreeMap<Long, Trade> trades = new TreeMap<>();

    /** Adds one; returns whether there are enough. */
    boolean add(long id, Trade trade) {
        if (!trades.isEmpty() && id <= trades.lastKey()) {
            trades.clear();
        }
        trades.put(id, trade);
        return trades.size() >= ENOUGH;
    }

    boolean contains(long id) {
        return trades.containsKey(id);
    }

    int size() {
        return trades.size();
    }

    /** Removes and returns all. */
    NavigableMap<Long, Trade> take() {
        NavigableMap<Long, Trade> taken = new TreeMap<>(trades);
        trades.clear();
        return taken;
    }
}
