package dev.livefeed.exchange.market;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The venue's product categories and the limits that differ between them. */
public enum ProductCategory {
    SPOT(Map.of(1, 10, 50, 20, 200, 100, 1000, 200), 60, 60, 1000, 1),
    LINEAR(Map.of(1, 10, 50, 20, 200, 100, 1000, 200), 1000, 500, 1000, 25),
    INVERSE(Map.of(1, 10, 50, 20, 200, 100, 1000, 200), 1000, 500, 1000, 25),
    OPTION(Map.of(25, 20, 100, 100), 1000, 500, 25, 1);

    private final TreeMap<Integer, Integer> pushMillisByDepth;
    private final int maxRecentTrades;
    private final int defaultRecentTrades;
    private final int maxRestDepth;
    private final int defaultRestDepth;

    ProductCategory(
            Map<Integer, Integer> pushMillisByDepth,
            int maxRecentTrades,
            int defaultRecentTrades,
            int maxRestDepth,
            int defaultRestDepth) {
        this.pushMillisByDepth = new TreeMap<>(pushMillisByDepth);
        this.maxRecentTrades = maxRecentTrades;
        this.defaultRecentTrades = defaultRecentTrades;
        this.maxRestDepth = maxRestDepth;
        this.defaultRestDepth = defaultRestDepth;
    }

    /** The name in paths and parameters: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProductCategory> of(String id) {
        for (ProductCategory category : values()) {
            if (category.id().equals(id)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }

    /** Whether it trades perpetuals and futures. */
    public boolean futures() {
        return this == LINEAR || this == INVERSE;
    }

    /**
     * Shortest push interval of a book topic, in milliseconds; empty if this category does not have the depth.
     */
    public Optional<Integer> pushMillis(int depth) {
        return Optional.ofNullable(pushMillisByDepth.get(depth));
    }

    /** Depth of the deepest book topic, whose update ids the REST book shares. */
    public int deepestTopic() {
        return pushMillisByDepth.lastKey();
    }

    public int maxRecentTrades() {
        return maxRecentTrades;
    }

    public int defaultRecentTrades() {
        return defaultRecentTrades;
    }

    public int maxRestDepth() {
        return maxRestDepth;
    }

    public int defaultRestDepth() {
        return defaultRestDepth;
    }
}
