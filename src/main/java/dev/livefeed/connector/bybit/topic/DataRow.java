package dev.livefeed.connector.bybit.topic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.protocol.codec.DecimalParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of a frame's data. A number may be a text and the reverse; a missing field, null and an empty text are the
 * same. Not thread-safe.
 */
public final class DataRow {

    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_SAMPLE = 200;

    private final JsonNode row;
    private final DecimalParser decimals = new DecimalParser();

    /** @throws RowFaultException if it is not an object */
    public DataRow(JsonNode row) throws RowFaultException {
        this.row = row;
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

    /** A text that must exist. */
    public String needed(String name) throws RowFaultException {
        String text = text(name);
        if (text == null) {
            throw new RowFaultException(name + " is missing");
        }
        return text;
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

    /** Milliseconds since 1970; 0 for none. */
    public long millis(String name) throws RowFaultException {
        BigDecimal number = decimal(name);
        if (number == null || number.signum() == 0) {
            return 0;
        }
        // Until the year 5138; announcements may be about any time in the future.
        boolean valid = number.signum() > 0
                && number.precision() - number.scale() <= 14
                && number.stripTrailingZeros().scale() <= 0;
        if (!valid) {
            throw new RowFaultException(name + " is not a time in milliseconds since 1970");
        }
        return number.longValueExact();
    }

    /** The whole numbers of a list; others are left out. */
    public List<Integer> wholes(String name) {
        List<Integer> wholes = new ArrayList<>();
        for (JsonNode value : row.path(name)) {
            String text = value.asText();
            if (text.matches("\\d{1,6}")) {
                wholes.add(Integer.valueOf(text));
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
