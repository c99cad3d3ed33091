package dev.livefeed.app.paper;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an order meets the book. */
public enum OrderType {
    /** Takes what the book shows, level by level; what it does not show is not filled. */
    MARKET,
    /** Takes what is at its price or better, rests with what is left. */
    LIMIT,
    /** Rests, or is refused where it would take. */
    POST_ONLY,
    /** Sleeps until a trade at or through its stop price, then is a market order. */
    STOP,
    /** Takes what is at its price or better; what is left is cancelled. */
    IOC;

    /** The form of the interfaces, such as {@code post_only}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this name, or null where there is none. */
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
