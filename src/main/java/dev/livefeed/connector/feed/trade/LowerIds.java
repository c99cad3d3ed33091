package dev.livefeed.connector.feed.trade;

import dev.livefeed.protocol.model.Trade;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Trades in a row whose ids are lower than before, though one connection has them in rising order. A few of them show
 * that an id before them was wrong, or that the venue counts anew; a single one may be wrong itself.
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
