package dev.livefeed.terminal.top;

import java.math.BigDecimal;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The last price of each period, for a curve. */
final class PriceHistory {

    private static final int MOST = 400;

    private final long period;
    private final NavigableMap<Long, BigDecimal> closes = new TreeMap<>();

    /** @param period in milliseconds */
    PriceHistory(long period) {
        this.period = period;
    }

    /** A period's price, which replaces an earlier one. */
    void set(long start, BigDecimal price) {
        closes.put(start - Math.floorMod(start, period), price);
        while (closes.size() > MOST) {
            closes.pollFirstEntry();
        }
    }

    int size() {
        return closes.size();
    }

    /** The last prices, oldest first. */
    List<BigDecimal> last(int count) {
        return closes.values().stream().skip(Math.max(0, closes.size() - count)).toList();
    }

    /** How long ago the first of the last prices was, in milliseconds. */
    long span(int count) {
        if (closes.isEmpty()) {
            return 0;
        }
        long first = closes.keySet().stream()
                .skip(Math.max(0, closes.size() - count))
                .findFirst()
                .orElseThrow();
        return closes.lastKey() - first + period;
    }
}
