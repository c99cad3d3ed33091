package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A strategy's decision to trade.
 *
 * @param strategy the id of the strategy's route
 * @param timestampMicros event time of the moment that it was decided on
 * @param signalType {@code buy}, {@code sell}, or {@code close} (of this strategy's position)
 * @param confidence 0 to 1, or null
 * @param metadata the reasons, for people
 */
public record Signal(
        String strategy,
        @JsonProperty("symbol") InstrumentId instrument,
        long timestampMicros,
        String signalType,
        BigDecimal confidence,
        @JsonUnwrapped Terms terms,
        Map<String, String> metadata) {

    public static final String BUY = "buy";
    public static final String SELL = "sell";
    public static final String CLOSE = "close";

    private static final int MAX_NAME = 100;
    private static final int MAX_METADATA = 20;
    private static final int MAX_TEXT = 500;

    /**
     * What to order.
     *
     * @param price price at that moment, and the limit of an order that has one; null if unknown
     * @param quantity null for {@code close}
     * @param orderType {@code market}, {@code limit}, {@code post_only} or {@code ioc}
     */
    public record Terms(BigDecimal price, BigDecimal quantity, String orderType) {}

    /** @throws IllegalArgumentException if a value is invalid, with the rule */
    public Signal {
        require(
                strategy != null && !strategy.isBlank() && strategy.length() <= MAX_NAME,
                "strategy must be a name of at most " + MAX_NAME + " characters: the id of its route");
        require(
                !strategy.equals(OrderRequest.MANUAL),
                "strategy must not be " + OrderRequest.MANUAL + ", which is reserved for manual orders");
        require(instrument != null && Symbols.valid(instrument.symbol()), "symbol must be " + Symbols.RULE);
        require(
                BUY.equals(signalType) || SELL.equals(signalType) || CLOSE.equals(signalType),
                "signalType must be buy, sell or close");
        require(
                confidence == null || (confidence.signum() >= 0 && confidence.compareTo(BigDecimal.ONE) <= 0),
                "confidence must be from 0 to 1, or null");
        // Sorted, because the order of other maps differs between runs and journals would differ too.
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        require(
                metadata.size() <= MAX_METADATA && metadata.entrySet().stream().allMatch(Signal::fits),
                "metadata must be at most " + MAX_METADATA + " texts of at most " + MAX_TEXT + " characters each");
    }

    public String symbol() {
        return instrument.symbol();
    }

    /** Category and symbol, as log lines name them. */
    public String market() {
        return instrument.market();
    }

    public BigDecimal price() {
        return terms.price();
    }

    public BigDecimal quantity() {
        return terms.quantity();
    }

    public String orderType() {
        return terms.orderType();
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
