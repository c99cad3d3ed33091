package dev.livefeed.terminal.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.terminal.ExactJson;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The book of the stream. It may be read while each update continues the one before. */
final class DepthBook {

    /** A price and its size, as they were sent. */
    record Level(BigDecimal price, String priceText, BigDecimal qty, String qtyText) {}

    /** More levels than any book of the feed has. */
    private static final int MOST = 20_000;

    private final NavigableMap<BigDecimal, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final NavigableMap<BigDecimal, Level> asks = new TreeMap<>();
    private boolean synced;
    private String reason = "no snapshot has come yet";
    private long last;

    /** Applies a depth message; returns false if a new snapshot is needed. */
    boolean apply(JsonNode message) {
        if (message.path("snapshot").asBoolean()) {
            bids.clear();
            asks.clear();
            synced = true;
            reason = "";
        } else if (!synced) {
            return true;
        } else if (message.path("prev_update_id").asLong(-1) != last) {
            stale("update " + message.path("prev_update_id").asText() + " is missing");
            return false;
        }
        if (!change(bids, message.path("bids")) || !change(asks, message.path("asks"))) {
            stale("a level has no price or no size");
            return false;
        }
        last = message.path("last_update_id").asLong();
        if (bids.size() + asks.size() > MOST) {
            bids.clear();
            asks.clear();
            stale("it has more than " + MOST + " levels");
            return false;
        }
        return true;
    }

    /** Returns false if a level cannot be read. */
    private static boolean change(Map<BigDecimal, Level> side, JsonNode levels) {
        for (JsonNode level : levels) {
            BigDecimal price = ExactJson.number(level.path(0));
            BigDecimal qty = ExactJson.number(level.path(1));
            if (price == null || qty == null) {
                return false;
            }
            if (qty.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, new Level(price, ExactJson.text(level.path(0)), qty, ExactJson.text(level.path(1))));
            }
        }
        return true;
    }

    void stale(String why) {
        synced = false;
        reason = why;
    }

    boolean synced() {
        return synced;
    }

    /** Why it must not be used; empty if it may. */
    String reason() {
        if (!synced) {
            return reason;
        }
        boolean crossed = !bids.isEmpty() && !asks.isEmpty() && bids.firstKey().compareTo(asks.firstKey()) >= 0;
        return crossed ? "its best bid is not below its best ask" : "";
    }

    /** The best levels, best first. */
    List<Level> bids(int count) {
        return bids.values().stream().limit(count).toList();
    }

    List<Level> asks(int count) {
        return asks.values().stream().limit(count).toList();
    }

    /** The difference of the best prices with their decimal places; empty without both sides. */
    String spread() {
        return bids.isEmpty() || asks.isEmpty()
                ? ""
                : asks.firstKey().subtract(bids.firstKey()).toPlainString();
    }
}
