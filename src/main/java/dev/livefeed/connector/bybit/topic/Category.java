package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.protocol.model.InstrumentId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Bybit's product categories and what differs between them. */
public enum Category implements VenueCategory {
    LINEAR(50, 1_000, 1, 50, 200, 1000),
    INVERSE(50, 1_000, 1, 50, 200, 1000),
    SPOT(50, 60, 1, 50, 200, 1000),
    OPTION(25, 1_000, 25, 100);

    private static final String VENUE = "bybit";

    private final int defaultDepth;
    private final int recentTrades;
    private final List<Integer> depths;
    private final String text = name().toLowerCase(Locale.ROOT);

    Category(int defaultDepth, int recentTrades, Integer... depths) {
        this.defaultDepth = defaultDepth;
        this.recentTrades = recentTrades;
        this.depths = List.of(depths);
    }

    /** The name in URLs and events: {@code linear}. */
    @Override
    public String text() {
        return text;
    }

    /** Options are listed by base coin. */
    @Override
    public String listedWith(String symbol) {
        return this == OPTION ? Contracts.baseCoin(symbol) : null;
    }

    @Override
    public boolean standsForGroup(String symbol) {
        return this == OPTION && symbol.indexOf('-') < 0;
    }

    /** Whether it contains futures: linear and inverse. */
    public boolean futures() {
        return this == LINEAR || this == INVERSE;
    }

    public int defaultDepth() {
        return defaultDepth;
    }

    /** The book depths that the venue offers. */
    public List<Integer> depths() {
        return depths;
    }

    /** Maximum number of trades in a REST response. */
    public int recentTrades() {
        return recentTrades;
    }

    /** The instrument of a symbol in this category. */
    InstrumentId instrument(String symbol) {
        return InstrumentId.of(VENUE, text(), symbol);
    }

    /** The category of that name, or null. */
    public static Category of(String text) {
        return Arrays.stream(values())
                .filter(c -> c.text.equals(text))
                .findFirst()
                .orElse(null);
    }

    /** All names, for error messages. */
    public static String names() {
        return Arrays.stream(values()).map(Category::text).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text;
    }
}
