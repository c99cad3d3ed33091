package dev.livefeed.app.sink;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.livefeed.protocol.codec.LineTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a line as Java values: decimals as BigDecimal, times as Instant, counters as Long. */
final class LineFields {

    private static final String TYPE = "{\"type\":\"";
    /** Microseconds. */
    private static final String RECEIVED_AT = "received_at";
    /** Milliseconds, with decimal places for microseconds. */
    private static final Set<String> TIMES = Set.of("timestamp", "start", "end", "next_funding_time");

    private static final Set<String> WHOLE = Set.of("seq", "last_update_id", "prev_update_id", "levels", "count");

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private LineFields() {}

    /** The type of a line, which is its first field. */
    static String type(byte[] line) {
        String text = new String(line, 0, Math.min(line.length, 80), StandardCharsets.UTF_8);
        int end = text.indexOf('"', TYPE.length());
        return text.startsWith(TYPE) && end > 0 ? text.substring(TYPE.length(), end) : "unknown";
    }

    static Map<String, Object> of(byte[] line) {
        try {
            return object(LineTree.MAPPER.readValue(line, FIELDS));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored line is not JSON", e);
        }
    }

    private static Map<String, Object> object(Map<?, ?> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> values.put((String) name, value((String) name, value)));
        return values;
    }

    private static Object value(String name, Object value) {
        if (value instanceof Map<?, ?> fields) {
            return object(fields);
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(element -> value(name, element)).toList();
        }
        return value instanceof Number number ? number(name, new BigDecimal(number.toString())) : value;
    }

    private static Object number(String name, BigDecimal value) {
        if (name.equals(RECEIVED_AT)) {
            return instant(value.longValue());
        }
        if (TIMES.contains(name)) {
            return instant(value.movePointRight(3).longValue());
        }
        return WHOLE.contains(name) ? (Object) value.longValue() : value;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000);
    }
}
