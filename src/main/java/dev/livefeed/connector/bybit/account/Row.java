package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A row of a private frame from which known fields are taken. Fields that were not taken, or that have an unexpected
 * form, remain in {@link #rest}, so that nothing of the venue's row is lost.
 */
final class Row {

    private static final Pattern WORD = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern PARTS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");
    private static final long EARLIEST_MILLIS = 1_230_768_000_000L;
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_COIN = 40;
    private static final int LONGEST_NUMBER = 40;
    private static final String LEFT_OUT = "(cannot be written)";

    private final ObjectMapper mapper;
    private final ObjectNode fields;
    private final long latestMillis;

    /**
     * @param mapper converts the remaining fields to plain values
     * @param latestMillis later times are invalid
     */
    Row(ObjectMapper mapper, ObjectNode fields, long latestMillis) {
        this.mapper = mapper;
        this.latestMillis = latestMillis;
        this.fields = fields.deepCopy();
    }

    /** Takes a text; null if it is missing or empty. */
    String text(String name) {
        return text(name, LONGEST_ID);
    }

    /** Takes the name of a coin; null if it is missing or empty. */
    String coin(String name) {
        return text(name, LONGEST_COIN);
    }

    private String text(String name, int longest) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isValueNode() || value.asText().length() > longest) {
            return null;
        }
        fields.remove(name);
        return value.isNull() || value.asText().isEmpty() ? null : value.asText();
    }

    /** Takes a required text. */
    String needed(String name) throws UnusableRowException {
        String text = text(name);
        if (text == null) {
            throw unusable(name, "a text");
        }
        return text;
    }

    /**
     * Takes an enum value and converts it to the protocol's form: {@code PartiallyFilled} becomes {@code
     * partially_filled}.
     */
    String word(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isTextual()) {
            return null;
        }
        String word = PARTS.matcher(value.textValue()).replaceAll("_").toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !WORD.matcher(word).matches()) {
            return null;
        }
        fields.remove(name);
        return word.isEmpty() ? null : word;
    }

    String neededWord(String name) throws UnusableRowException {
        String word = word(name);
        if (word == null) {
            throw unusable(name, "a word");
        }
        return word;
    }

    /** Takes a decimal; null if it is missing or empty. */
    BigDecimal figure(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !(value.isTextual() || value.isNumber())) {
            return null;
        }
        if (value.asText().isEmpty()) {
            fields.remove(name);
            return null;
        }
        BigDecimal number = decimal(value);
        if (number != null) {
            fields.remove(name);
        }
        return number;
    }

    /** An exponent is accepted if the plain form of the number is short; a very large one could exhaust the memory. */
    private static BigDecimal decimal(JsonNode value) {
        try {
            String text = value.asText();
            BigDecimal number = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
            boolean small = number != null
                    && Math.abs((long) number.scale()) <= LONGEST_NUMBER
                    && number.toPlainString().length() <= LONGEST_NUMBER;
            return small ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Takes a decimal that must not be negative. */
    BigDecimal amount(String name) {
        JsonNode before = fields.get(name);
        BigDecimal number = figure(name);
        if (number != null && number.signum() < 0) {
            fields.set(name, before);
            return null;
        }
        return number;
    }

    BigDecimal neededAmount(String name) throws UnusableRowException {
        BigDecimal number = amount(name);
        if (number == null) {
            throw unusable(name, "a decimal >= 0");
        }
        return number;
    }

    /** Takes a required amount; an empty text, as in a row of no position, is 0. */
    BigDecimal sizeOrNone(String name) throws UnusableRowException {
        boolean empty = fields.has(name) && fields.get(name).asText().isEmpty();
        BigDecimal number = amount(name);
        if (number == null && empty && !fields.has(name)) {
            return BigDecimal.ZERO;
        }
        if (number == null) {
            throw unusable(name, "a decimal >= 0");
        }
        return number;
    }

    /** Takes a price; 0 means none. */
    BigDecimal price(String name) {
        BigDecimal number = amount(name);
        return number == null || number.signum() == 0 ? null : number;
    }

    /** Takes a non-negative integer, or null. */
    Long whole(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isValueNode() || !value.asText().matches("\\d{1,18}")) {
            return null;
        }
        fields.remove(name);
        return Long.valueOf(value.asText());
    }

    /** Takes a time and converts it to microseconds; null if it is missing, 0 or invalid. */
    Long time(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isValueNode() || !value.asText().matches("\\d{13}")) {
            return null;
        }
        long millis = Long.parseLong(value.asText());
        if (!isTime(millis, latestMillis)) {
            return null;
        }
        fields.remove(name);
        return millis * 1_000L;
    }

    /** Whether milliseconds since 1970 lie between 2009 and the latest valid time. */
    static boolean isTime(long millis, long latestMillis) {
        return millis >= EARLIEST_MILLIS && millis <= latestMillis;
    }

    /** Takes a boolean, or null. */
    Boolean flag(String name) {
        JsonNode value = fields.get(name);
        if (value == null || !value.isBoolean()) {
            return null;
        }
        fields.remove(name);
        return value.booleanValue();
    }

    /** Takes the side; null if it is empty, which means that there is no position. */
    Side side(String name) throws UnusableRowException {
        String text = text(name);
        if (text == null || text.equals("None")) {
            return null;
        }
        return switch (text) {
            case "Buy" -> Side.BUY;
            case "Sell" -> Side.SELL;
            default -> throw new UnusableRowException(name + " is \"" + text + "\", must be Buy or Sell");
        };
    }

    /** Takes the side; null if it is empty or has another form, which remains. */
    Side optionalSide(String name) {
        JsonNode before = fields.get(name);
        try {
            return side(name);
        } catch (UnusableRowException e) {
            fields.set(name, before);
            return null;
        }
    }

    Side neededSide(String name) throws UnusableRowException {
        Side side = side(name);
        if (side == null) {
            throw unusable(name, "Buy or Sell");
        }
        return side;
    }

    /** Takes a list of objects; null if it is not one. */
    JsonNode list(String name) {
        JsonNode list = fields.get(name);
        if (list == null || !list.isArray()) {
            return null;
        }
        return fields.remove(name);
    }

    /** The fields that were not taken. A value that a line cannot have is left out. */
    Map<String, Object> rest() {
        Map<String, Object> rest = mapper.convertValue(
                fields, mapper.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
        rest.keySet().removeIf(name -> !LineTree.isWritable(Map.of(name, "")));
        rest.replaceAll((name, value) -> LineTree.isWritable(value) ? value : LEFT_OUT);
        return rest;
    }

    private UnusableRowException unusable(String name, String rule) {
        JsonNode value = fields.get(name);
        String shown =
                value == null ? "missing" : value.isValueNode() ? '"' + shortened(value.asText()) + '"' : "no text";
        return new UnusableRowException(name + " is " + shown + ", must be " + rule);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
