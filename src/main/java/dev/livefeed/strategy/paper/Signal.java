package dev.livefeed.strategy.paper;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a strategy wants done.
 *
 * @param strategy who says so: the id of its route
 * @param timestampMicros event time of the moment it was decided on
 * @param signalType {@code buy}, {@code sell}, or {@code close} (of this strategy's position)
 * @param confidence 0 to 1, or null
 * @param price price at that moment; the limit of an order with one. Null where none was known
 * @param quantity size of the order; null for {@code close}
 * @param orderType {@code market}, {@code limit}, {@code post_only} or {@code ioc}
 * @param metadata for people: why
 */
public record Signal(
        String strategy,
        String symbol,
        long timestampMicros,
        String signalType,
        BigDecimal confidence,
        BigDecimal price,
        BigDecimal quantity,
        String orderType,
        Map<String, String> metadata) {

    public static final String BUY = "buy";
    public static final String SELL = "sell";
    public static final String CLOSE = "close";
}
