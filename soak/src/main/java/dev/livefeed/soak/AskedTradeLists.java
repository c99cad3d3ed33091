package dev.livefeed.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** When the exchange has answered requests for the trades of a symbol. */
final class AskedTradeLists {

    private final Map<String, TreeSet<Long>> answeredAt = new HashMap<>();

    /**
     * The exchange answers a request.
     *
     * @param parameters of the request
     * @param nanos simulated time
     */
    void answered(String path, Map<String, String> parameters, long nanos) {
        if (path.endsWith("/recent-trade")) {
            String symbol = parameters.getOrDefault("symbol", parameters.get("baseCoin"));
            answeredAt
                    .computeIfAbsent(key(parameters.get("category"), symbol), of -> new TreeSet<>())
                    .add(nanos);
        }
    }

    /** Time of the first answer after a time; empty if there is none. */
    OptionalLong firstAfter(String category, String symbol, long nanos) {
        Long first =
                answeredAt.getOrDefault(key(category, symbol), new TreeSet<>()).higher(nanos);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    private static String key(String category, String symbol) {
        return category + '/' + symbol;
    }
}
