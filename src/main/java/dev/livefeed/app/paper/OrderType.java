package dev.livefeed.app.paper;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an order is executed. */
public enum OrderType {
    /** Takes the shown liquidity level by level; the rest is not filled. */
    MARKET,
    /** Takes what is at its price or better; the rest stays in the book. */
    LIMIT,
    /** Rests in the book; refused if it would take. */
    POST_ONLY,
    /** Waits for a trade at or through its stop price, then becomes a market order. */
    STOP,
    /** Takes what is at its price or better; the rest is cancelled. */
    IOC;

    /** The name in interfaces, such as {@code post_only}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type with this name, or null. */
    public static OrderType named(String text) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(OrderType::toString).toList();
    }

    boolean priced() {
        return this == LIMIT || this == POST_ONLY || this == IOC;
    }
}
