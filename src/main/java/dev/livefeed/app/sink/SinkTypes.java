package dev.livefeed.app.sink;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of events that a sink can take. */
public final class SinkTypes {

    private static final List<String> KNOWN = List.of(
            "trade",
            "depth",
            "ticker",
            "kline",
            "liquidation",
            "adl",
            "insurance",
            "price_limit",
            "rpi_depth",
            "order",
            "execution",
            "booking",
            "position",
            "wallet",
            "status",
            "error");

    private SinkTypes() {}

    /**
     * Parses a comma-separated list.
     *
     * @throws IllegalArgumentException with the rule
     */
    public static Set<String> parse(String text) {
        Set<String> types = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String type : types) {
            if (!KNOWN.contains(type)) {
                throw new IllegalArgumentException(
                        "it must be a comma-separated list of the types " + String.join(", ", KNOWN));
            }
        }
        return types;
    }
}
