package dev.livefeed.connector.bybit.notice;

import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.protocol.status.Maintenance;
import dev.livefeed.protocol.status.Status.Extras;
import dev.livefeed.protocol.status.Status.Head;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a row of the venue's {@code system.status}. */
final class Announcement {

    /** The venue's number of demo trading, whose public data is that of the real markets. */
    private static final String DEMO = "2";

    /** The categories of the venue's products, by their numbers. */
    private static final Map<Integer, List<String>> PRODUCTS =
            Map.of(1, List.of("linear", "inverse"), 2, List.of("spot"), 3, List.of("option"), 4, List.of("spread"));

    private static final Duration LONGEST_AHEAD = Duration.ofDays(366);

    private static final Map<Integer, String> SERVICES = Map.of(
            1, "trading",
            2, "trading-http",
            3, "trading-websocket",
            4, "private-stream",
            5, "market-data");

    private Announcement() {}

    /**
     * The status, or null if it is not about the markets of this connector. Times that cannot be right are left out.
     *
     * @param nowMicros exchange time
     */
    static Maintenance read(DataRow row, String connector, long nowMicros) throws RowFaultException {
        String id = row.needed("id");
        String state = row.needed("state").toLowerCase(Locale.ROOT);
        if (DEMO.equals(row.optionalText("env"))) {
            return null;
        }
        Map<String, Object> more = new LinkedHashMap<>();
        List<String> services = names(row.wholes("serviceTypes"));
        if (!services.isEmpty()) {
            more.put("services", services);
        }
        String address = row.optionalText("href");
        if (address != null) {
            more.put("href", address);
        }
        Instant begin = time(row, "begin", nowMicros);
        Instant end = time(row, "end", nowMicros);
        boolean reversed = begin != null && end != null && end.isBefore(begin);
        if (reversed) {
            row.unused("end " + end + " is before begin " + begin + "; both are left out");
        }
        return new Maintenance(
                new Head(connector, null, Maintenance.CHANNEL, null, null),
                id,
                row.optionalText("title"),
                state,
                reversed ? null : begin,
                reversed ? null : end,
                categories(row.wholes("product")),
                new Extras(more, List.of()));
    }

    private static Instant time(DataRow row, String name, long nowMicros) {
        long millis = row.optionalMillis(name);
        if (millis > nowMicros / 1_000L + LONGEST_AHEAD.toMillis()) {
            row.unused(name + " is " + Instant.ofEpochMilli(millis) + ", must be at most a year ahead");
            return null;
        }
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Null, which means all, where the venue names none or one that is not known here. */
    private static List<String> categories(List<Integer> products) {
        List<String> categories = new ArrayList<>();
        for (Integer product : products) {
            if (!PRODUCTS.containsKey(product)) {
                return null;
            }
            categories.addAll(PRODUCTS.get(product));
        }
        return categories.isEmpty() ? null : List.copyOf(categories);
    }

    private static List<String> names(List<Integer> services) {
        return services.stream()
                .map(service -> SERVICES.getOrDefault(service, "service-" + service))
                .toList();
    }
}
