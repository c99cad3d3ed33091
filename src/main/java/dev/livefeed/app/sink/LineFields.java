package dev.livefeed.app.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectWriter;
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

/**
 * The fields of a line by their names in the protocol, in the order of the line: decimals as BigDecimal, times as
 * Instant, counters as Long, objects as LineFields, arrays as List. It may be changed.
 */
public final class LineFields extends LinkedHashMap<String, Object> {

    private static final int LONGEST_WHOLE = 18;
    private static final long serialVersionUID = 1;

    private static final String UNKNOWN = "unknown";
    private static final String TYPE = "{\"type\":\"";
    /** Microseconds. */
    private static final String RECEIVED_AT = "received_at";
    /** Milliseconds, with decimal places for microseconds. */
    private static final Set<String> TIMES = Set.of("timestamp", "start", "end", "next_funding_time");

    private static final Set<String> WHOLE = Set.of("seq", "last_update_id", "prev_update_id", "levels", "count");

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private static final ObjectWriter WRITER =
            LineTree.MAPPER.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private LineFields() {}

    /** The type of a line, which is its first field unless a route of the user's own has made it. */
    static String type(byte[] line) {
        String text = new String(line, 0, Math.min(line.length, 80), StandardCharsets.UTF_8);
        int end = text.indexOf('"', TYPE.length());
        if (text.startsWith(TYPE) && end > 0) {
            return text.substring(TYPE.length(), end);
        }
        try {
            return LineTexts.of(line, Set.of("type")).getOrDefault("type", UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** @throws UncheckedIOException if the line is not a JSON object */
    public static LineFields of(byte[] line) {
        try {
            return object(LineTree.MAPPER.readValue(line, FIELDS));
        } catch (IOException e) {
            throw new UncheckedIOException("a stored line is not JSON", e);
        }
    }

    /** As {@link dev.livefeed.protocol.model.Event#key}: {@code linear:BTCUSDT}, or the type. */
    public String key() {
        Object symbol = get("symbol");
        Object category = get("category");
        if (symbol == null) {
            return String.valueOf(get("type"));
        }
        return category == null ? symbol.toString() : category + ":" + symbol;
    }

    /** A line of the protocol, without a line end. A time that was put in is written as in the field's other lines. */
    public String json() {
        try {
            return WRITER.writeValueAsString(unread("", this));
        } catch (IOException e) {
            throw new UncheckedIOException("a field has a value without a JSON form", e);
        }
    }

    private static Object unread(String name, Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> object = new LinkedHashMap<>();
            fields.forEach((field, inner) -> object.put(field, unread(String.valueOf(field), inner)));
            return object;
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(element -> unread(name, element)).toList();
        }
        if (!(value instanceof Instant time)) {
            return value;
        }
        long micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
        if (name.equals(RECEIVED_AT)) {
            return micros;
        }
        return TIMES.contains(name) ? millis(micros) : time.toString();
    }

    private static BigDecimal millis(long micros) {
        BigDecimal millis = BigDecimal.valueOf(micros, 3);
        return micros % 1_000 == 0 ? millis.setScale(0) : millis.stripTrailingZeros();
    }

    private static LineFields object(Map<?, ?> fields) {
        LineFields values = new LineFields();
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
            return instant(whole(value));
        }
        if (TIMES.contains(name)) {
            return instant(whole(value.scaleByPowerOfTen(3)));
        }
        return WHOLE.contains(name) ? (Object) whole(value) : value;
    }

    /** Without the digits after the point. BigDecimal writes out all digits of 1e21474648, which takes minutes. */
    private static long whole(BigDecimal value) {
        long digits = (long) value.precision() - value.scale();
        if (digits > LONGEST_WHOLE) {
            throw new ArithmeticException("more than " + LONGEST_WHOLE + " digits");
        }
        return digits <= 0 ? 0 : value.longValue();
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000);
    }
}
