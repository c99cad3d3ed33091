package dev.livefeed.exchange.fault;

import dev.livefeed.exchange.market.ProductCategory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a fault from its parameters, or from a line like "lost,topic=orderbook.50.*,count=2,every=5s". */
public final class FaultReader {

    private static final Set<String> NAMES = Set.of(
            "kind",
            "category",
            "topic",
            "connection",
            "count",
            "after",
            "every",
            "for",
            "by",
            "pongs",
            "status",
            "code",
            "rate");
    private static final long DAY_MILLIS = 86_400_000;

    private FaultReader() {}

    /** @throws IllegalArgumentException naming the invalid parameter and the rule */
    public static Fault line(String line) {
        String[] parts = line.split(",");
        Map<String, String> parameters = new HashMap<>();
        parameters.put("kind", parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("fault \"" + line + "\": \"" + parts[i] + "\" must be name=value");
            }
            parameters.put(
                    parts[i].substring(0, equals).strip(),
                    parts[i].substring(equals + 1).strip());
        }
        return parameters(parameters);
    }

    /** @throws IllegalArgumentException naming the invalid parameter and the rule */
    public static Fault parameters(Map<String, String> parameters) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("fault has an unknown parameter \"" + name + "\", must be one of "
                        + new java.util.TreeSet<>(NAMES));
            }
        }
        String id = parameters.getOrDefault("kind", "");
        FaultKind kind = FaultKind.of(id.toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new IllegalArgumentException(
                        "fault kind is \"" + id + "\", must be one of " + FaultKind.all()));
        String category = parameters.get("category");
        if (category != null && ProductCategory.of(category).isEmpty()) {
            throw new IllegalArgumentException(
                    "fault category is \"" + category + "\", must be spot, linear, inverse or option");
        }
        return new Fault(
                kind,
                new FaultTarget(
                        category == null ? null : ProductCategory.of(category).orElseThrow(),
                        parameters.getOrDefault("topic", defaultTopic(kind)),
                        parameters.get("connection")),
                new FaultSchedule(
                        (int) number(parameters, "count", defaultCount(kind), 1, Integer.MAX_VALUE),
                        millis(parameters, "after", 0),
                        millis(parameters, "every", 0)),
                millis(parameters, kind == FaultKind.STALL || kind == FaultKind.BURST ? "for" : "by", 10_000),
                Boolean.parseBoolean(parameters.getOrDefault("pongs", "true")),
                (int) number(parameters, "status", parameters.containsKey("code") ? 200 : 403, 200, 599),
                (int) number(parameters, "code", 0, -1_000_000, 1_000_000),
                (int) number(parameters, "rate", 8700, 1, 100_000));
    }

    /** Faults of frames and feeds apply to books by default, all others to any topic or path. */
    private static String defaultTopic(FaultKind kind) {
        return switch (kind.scope()) {
            case FRAME, FEED -> "orderbook.*|*@depth*";
            default -> "*";
        };
    }

    /** Faults of frames, answers and failing requests happen once by default; all others apply to every match. */
    private static int defaultCount(FaultKind kind) {
        return switch (kind.scope()) {
            case FRAME, HTTP -> 1;
            case REQUEST -> kind == FaultKind.REFUSE ? Integer.MAX_VALUE : 1;
            default -> Integer.MAX_VALUE;
        };
    }

    private static long number(Map<String, String> parameters, String name, long defaultValue, long min, long max) {
        String text = parameters.get(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Rejected below.
        }
        throw new IllegalArgumentException(
                "fault " + name + " is " + text + ", must be a whole number from " + min + " to " + max);
    }

    /** "500ms", "5s", "2m", or a number of milliseconds; may be negative. */
    /** A duration such as {@code 5s}, in milliseconds. */
    public static long millis(Map<String, String> parameters, String name, long defaultValue) {
        String text = parameters.get(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            long unit = text.endsWith("ms") ? 1 : text.endsWith("s") ? 1000 : text.endsWith("m") ? 60_000 : 1;
            long value = Math.multiplyExact(Long.parseLong(text.replaceAll("(ms|s|m)$", "")), unit);
            if (Math.abs(value) <= DAY_MILLIS && (value >= 0 || name.equals("by"))) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Rejected below.
        }
        throw new IllegalArgumentException(
                "fault " + name + " is " + text + ", must be a time like 500ms, 5s or 2m, at most a day");
    }
}
