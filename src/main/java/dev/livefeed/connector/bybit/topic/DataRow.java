package dev.livefeed.connector.bybit.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Symbols;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One row of a frame's data. A number may be a text and the reverse; a missing field, null and an empty text are the
 * same. Not thread-safe.
 */
public final class DataRow {

    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_SAMPLE = 200;
    private static final int LONGEST_SHOWN = 60;

    private static final BigDecimal EARLIEST_MILLIS = BigDecimal.valueOf(FrameValues.EARLIEST_MILLIS);

    private final JsonNode row;
    private final Consumer<String> unusedFields;
    private final DecimalParser decimals = new DecimalParser();

    /**
     * @param unusedFields receives why an optional field cannot be used
     * @throws RowFaultException if it is not an object
     */
    public DataRow(JsonNode row, Consumer<String> unusedFields) throws RowFaultException {
        this.row = row;
        this.unusedFields = unusedFields;
        if (!row.isObject()) {
            throw new RowFaultException("a row is not an object");
        }
    }

    /** A text of at most 1,000 characters, or null. */
    public String text(String name) throws RowFaultException {
        JsonNode value = row.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw new RowFaultException(name + " is not a text");
        }
        String text = value.asText();
        if (text.length() > LONGEST_TEXT) {
            throw new RowFaultException(name + " is longer than " + LONGEST_TEXT + " characters");
        }
        return text.isEmpty() ? null : text;
    }

    /** A text that the row is used without if it cannot be read, or null. */
    public String optionalText(String name) {
        return optional(null, () -> text(name));
    }

    /** A decimal that the row is used without if it cannot be read, or null. */
    public BigDecimal optionalDecimal(String name) {
        return optional(null, () -> decimal(name));
    }

    /** Milliseconds since 1970; 0 for none, and for a time that cannot be read. */
    public long optionalMillis(String name) {
        return optional(0L, () -> millis(name));
    }

    private <T> T optional(T none, Field<T> field) {
        try {
            return field.read();
        } catch (RowFaultException e) {
            unused(e.getMessage());
            return none;
        }
    }

    /** An optional field cannot be used. */
    public void unused(String why) {
        unusedFields.accept(why);
    }

    @FunctionalInterface
    private interface Field<T> {
        T read() throws RowFaultException;
    }

    /** A text that must exist. */
    public String needed(String name) throws RowFaultException {
        String text = text(name);
        if (text == null) {
            throw new RowFaultException(name + " is missing");
        }
        return text;
    }

    /** A symbol, if there is one, must be that of the topic. */
    public void requireSymbol(String name, TopicName topic) throws RowFaultException {
        String symbol = text(name);
        if (symbol != null && !symbol.equals(topic.symbol())) {
            throw new RowFaultException(name + " is " + shown(symbol) + ", must be " + topic.symbol());
        }
    }

    /** The symbol of an instrument, which must exist. */
    public String symbol(String name) throws RowFaultException {
        String symbol = needed(name);
        if (!Symbols.valid(symbol)) {
            throw new RowFaultException(name + " is " + shown(symbol) + ", must be " + Symbols.RULE);
        }
        return symbol;
    }

    private static String shown(String text) {
        return '"' + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...") + '"';
    }

    /** A decimal of either sign, or null. */
    public BigDecimal decimal(String name) throws RowFaultException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        BigDecimal number = decimals.wide(text.toCharArray(), 0, text.length());
        if (number == null) {
            throw new RowFaultException(
                    name + " is not a decimal of at most " + DecimalParser.MAX_WIDE_LENGTH + " characters");
        }
        return number;
    }

    /** A price; null for none, which may also be written as 0. */
    public BigDecimal price(String name) throws RowFaultException {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!decimals.parse(text.toCharArray(), 0, text.length()) || decimals.unscaled() < 0) {
            throw new RowFaultException(name + " is not a decimal >= 0 below 10^15 with at most 18 digits");
        }
        return decimals.unscaled() == 0 ? null : decimals.value();
    }

    /** Milliseconds since 1970, not before 2009; 0 for none. */
    public long millis(String name) throws RowFaultException {
        BigDecimal number = decimal(name);
        if (number == null || number.signum() == 0) {
            return 0;
        }
        // Until the year 5138; announcements may be about any time in the future.
        boolean valid = number.signum() > 0
                && number.precision() - number.scale() <= 14
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(EARLIEST_MILLIS) >= 0;
        if (!valid) {
            throw new RowFaultException(name + " is " + shown(row.path(name).asText())
                    + ", must be milliseconds since 1970, not before 2009");
        }
        return number.longValueExact();
    }

    /** The whole numbers of a list; others are optional fields that cannot be used. */
    public List<Integer> wholes(String name) {
        List<Integer> wholes = new ArrayList<>();
        for (JsonNode value : row.path(name)) {
            String text = value.asText();
            if (text.matches("\\d{1,6}")) {
                wholes.add(Integer.valueOf(text));
            } else {
                unused(name + " contains " + shown(value.toString()) + ", must be whole numbers");
            }
        }
        return wholes;
    }

    /** The row's text for a log line, shortened. */
    public static String excerpt(JsonNode row) {
        String text = row.toString();
        return text.length() <= LONGEST_SAMPLE ? text : text.substring(0, LONGEST_SAMPLE) + "…";
    }
}
