package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.Status.Head;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Parses rare types through a JSON tree. Numbers stay exact. */
public final class LineTree {

    /** A status is one word, by which it is counted. */
    private static final int MOST_IN_STATUS = 64;

    private static final int MOST_IN_TEXT = 4_000;

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Set<String> STATUS_FIELDS =
            Set.of("type", "status", "connector", "symbol", "channel", "id", "reason");

    private static final int MOST_PLACES = 1_000;
    static final String UNWRITABLE =
            " has a number with an exponent beyond " + MOST_PLACES + ", or a name that is no Unicode";

    private final ObjectNode line;

    private LineTree(ObjectNode line) {
        this.line = line;
    }

    static LineTree read(byte[] line, int offset, int length) throws IOException {
        return new LineTree((ObjectNode) MAPPER.readTree(line, offset, length));
    }

    /** The line's type; for an older connector it is derived from {@code status}. */
    String type() throws InvalidEventException {
        JsonNode type = line.get("type");
        if (type != null && type.isTextual() && !type.textValue().isEmpty()) {
            return type.textValue();
        }
        JsonNode status = line.get("status");
        if ((type != null && !type.isNull()) || status == null || !status.isTextual()) {
            throw EventReader.noType();
        }
        return status.textValue().equals(Failure.TYPE) && line.has("error") ? Failure.TYPE : Status.TYPE;
    }

    byte[] withTypeFirst() throws IOException {
        ObjectNode ordered = MAPPER.createObjectNode();
        ordered.set("type", line.get("type"));
        ordered.setAll(line);
        return MAPPER.writeValueAsBytes(ordered);
    }

    /**
     * The event of a line whose type is not parsed field by field.
     *
     * @param venue of the source, or null
     */
    Event event(String venue) throws InvalidEventException {
        String type = type();
        return switch (type) {
            case Status.TYPE -> status(venue);
            case Failure.TYPE -> failure(venue);
            default -> new Unknown(type.length() > 40 ? type.substring(0, 40) : type, symbol());
        };
    }

    private Status status(String venue) throws InvalidEventException {
        Map<String, Object> details = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : line.properties()) {
            if (!STATUS_FIELDS.contains(field.getKey())) {
                Object value = field.getValue().isTextual()
                        ? cut(field.getValue().textValue())
                        : MAPPER.convertValue(field.getValue(), Object.class);
                if (!isWritable(Map.of(field.getKey(), value == null ? "" : value))) {
                    throw new InvalidEventException(InvalidReason.BAD_FIELD, shortened(field.getKey()) + UNWRITABLE);
                }
                details.put(field.getKey(), value);
            }
        }
        category();
        String status = required("status");
        if (status.length() > MOST_IN_STATUS) {
            throw new InvalidEventException(
                    InvalidReason.BAD_FIELD,
                    "status has " + status.length() + " characters, must have at most " + MOST_IN_STATUS);
        }
        return Status.of(
                status,
                new Head(text("connector"), symbol(), text("channel"), text("id"), text("reason"), venue),
                details);
    }

    /**
     * Whether a value can be written: its numbers without an exponent, since the plain form of 1e999999999 would
     * exhaust the memory, and the names of its fields in UTF-8, which the parser does not check.
     */
    public static boolean isWritable(Object value) {
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) <= MOST_PLACES;
        }
        // Loops, because streams need ten frames of the stack for each of up to 1,000 levels.
        if (value instanceof Map<?, ?> fields) {
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                if (!isUnicode((String) field.getKey()) || !isWritable(field.getValue())) {
                    return false;
                }
            }
        } else if (value instanceof Collection<?> all) {
            for (Object one : all) {
                if (!isWritable(one)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether no half of a surrogate pair stands alone. */
    private static boolean isUnicode(String name) {
        return name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private Failure failure(String venue) throws InvalidEventException {
        JsonNode fatal = line.path("fatal");
        return new Failure(
                required("error"),
                text("code"),
                symbol(),
                category(),
                text("channel"),
                text("id"),
                fatal.isBoolean() && fatal.booleanValue(),
                venue);
    }

    private String symbol() throws InvalidEventException {
        String symbol = text("symbol");
        if (symbol != null && !Symbols.valid(symbol)) {
            throw new InvalidEventException(
                    InvalidReason.BAD_SYMBOL, "symbol is \"" + shortened(symbol) + "\", must be " + Symbols.RULE);
        }
        return symbol;
    }

    private String category() throws InvalidEventException {
        String category = line.path("category").isTextual() ? text("category") : null;
        if (category != null && !Symbols.validCategory(category)) {
            throw new InvalidEventException(
                    InvalidReason.BAD_FIELD,
                    "category is \"" + shortened(category) + "\", must be " + Symbols.CATEGORY_RULE);
        }
        return category;
    }

    private String required(String field) throws InvalidEventException {
        String text = text(field);
        if (text == null || text.isEmpty()) {
            throw new InvalidEventException(InvalidReason.MISSING_FIELD, field + " is missing, must be a text");
        }
        return text;
    }

    /** A field as text, or null if missing; numbers are converted to text. */
    private String text(String field) throws InvalidEventException {
        JsonNode value = line.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (value.isContainerNode()) {
            throw new InvalidEventException(
                    InvalidReason.BAD_FIELD, field + " is a JSON " + value.getNodeType() + ", must be a text");
        }
        return cut(value.asText());
    }

    /** Texts are kept, in health for example, so their length has a limit. */
    private static String cut(String text) {
        return text.length() <= MOST_IN_TEXT ? text : text.substring(0, MOST_IN_TEXT) + "…";
    }

    /** The parser's current value, as shown in messages. */
    static String shown(JsonParser p, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_STRING -> '"' + shortened(p.getText()) + '"';
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> shortened(p.getText());
            default -> "a JSON " + kind(value);
        };
    }

    /** Whether the current value is this text, without creating a string. */
    public static boolean isText(JsonParser p, String text) throws IOException {
        int length = p.getTextLength();
        if (length != text.length()) {
            return false;
        }
        char[] chars = p.getTextCharacters();
        int offset = p.getTextOffset();
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT, END_OBJECT -> "object";
            case START_ARRAY, END_ARRAY -> "array";
            case VALUE_STRING -> "text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_NULL -> "null";
            default -> "boolean";
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
