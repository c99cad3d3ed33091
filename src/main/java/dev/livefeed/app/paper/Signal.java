package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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

    private static final int MAX_NAME = 100;
    private static final int MAX_METADATA = 20;
    private static final int MAX_TEXT = 500;

    /** @throws IllegalArgumentException where a strategy built none that can be kept, with the rule */
    public Signal {
        require(
                strategy != null && !strategy.isBlank() && strategy.length() <= MAX_NAME,
                "strategy must be a name of at most " + MAX_NAME + " characters: the id of its route");
        require(
                !strategy.equals(OrderRequest.MANUAL),
                "strategy must not be " + OrderRequest.MANUAL + ", which is the name of orders by hand");
        require(symbol != null && Symbols.valid(symbol), "symbol must be " + Symbols.RULE);
        require(
                BUY.equals(signalType) || SELL.equals(signalType) || CLOSE.equals(signalType),
                "signalType must be buy, sell or close");
        require(
                confidence == null || (confidence.signum() >= 0 && confidence.compareTo(BigDecimal.ONE) <= 0),
                "confidence must be from 0 to 1, or null");
        // Sorted, since the order of other maps differs from one start of the program to the next, and so would
        // journals.
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        require(
                metadata.size() <= MAX_METADATA && metadata.entrySet().stream().allMatch(Signal::fits),
                "metadata must be at most " + MAX_METADATA + " texts of at most " + MAX_TEXT + " characters each");
    }

    private static boolean fits(Map.Entry<String, String> text) {
        return text.getValue() != null
                && text.getKey().length() + text.getValue().length() <= MAX_TEXT;
    }

    private static void require(boolean rule, String text) {
        if (!rule) {
            throw new IllegalArgumentException("a signal's " + text);
        }
    }
}
