package dev.livefeed.connector.feed;

import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.NUMBER;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.SYMBOL;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.TIME;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Reads single values of the venue's frames. A number may be in quotes. */
public final class FrameValues {

    public static final long EARLIEST_MILLIS = 1_230_768_000_000L;

    /** Number of digits of the largest long. */
    private static final int MAX_LONG_DIGITS = 19;

    private static final int SHOWN = 60;

    private static final Pattern SIGNED = Pattern.compile("-?[0-9]{1,19}");

    private FrameValues() {}

    /** An integer >= 0 that fits into a long. */
    public static long integer(JsonParser p, JsonToken value, String name) throws IOException {
        long number = integerOr(p, value, -1);
        if (number < 0) {
            throw new UnreadableDataException(
                    NUMBER, name + " is " + shown(p, value) + ", must be a whole number >= 0 of 64 bits");
        }
        return number;
    }

    /** An integer >= 0, or {@code otherwise} if the value is not one that fits into a long. */
    public static long integerOr(JsonParser p, JsonToken value, long otherwise) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT && value != JsonToken.VALUE_STRING) {
            return otherwise;
        }
        int length = p.getTextLength();
        if (length == 0 || length > MAX_LONG_DIGITS) {
            return otherwise;
        }
        char[] text = p.getTextCharacters();
        int offset = p.getTextOffset();
        long number = 0;
        for (int i = 0; i < length; i++) {
            int digit = text[offset + i] - '0';
            if (digit < 0 || digit > 9) {
                return otherwise;
            }
            number = number * 10 + digit;
        }
        // 19 digits exceed a long at most once, and are negative then.
        return number < 0 ? otherwise : number;
    }

    /** An integer of either sign, or {@code otherwise} if the value is not one that fits into a long. */
    public static long signedOr(JsonParser p, JsonToken value, long otherwise) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT && value != JsonToken.VALUE_STRING) {
            return otherwise;
        }
        String text = p.getText();
        if (!SIGNED.matcher(text).matches()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** A time between 2009 and {@code latestMillis}. */
    public static long millis(JsonParser p, JsonToken value, String name, long latestMillis) throws IOException {
        long millis = integer(p, value, name);
        require(validMillis(millis, latestMillis), TIME, "a time is before 2009 or a day ahead");
        return millis;
    }

    /** Whether milliseconds since 1970 are within the limits for frames. */
    public static boolean validMillis(long millis, long latestMillis) {
        return millis >= EARLIEST_MILLIS && millis < latestMillis;
    }

    /** Whether the value is a decimal within the limits of the protocol. */
    public static boolean decimal(JsonParser p, JsonToken value, DecimalParser into) throws IOException {
        return isNumber(value) && into.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
    }

    /** Whether the value is a size of more than 18 digits; the result lacks those after the 18th. */
    public static boolean shortened(JsonParser p, JsonToken value, DecimalParser into) throws IOException {
        return isNumber(value) && shortened(p.getTextCharacters(), p.getTextOffset(), p.getTextLength(), into);
    }

    /** Whether the text is a size of more than 18 digits; the result lacks those after the 18th. */
    public static boolean shortened(char[] text, int offset, int length, DecimalParser into) {
        BigDecimal wide = into.wide(text, offset, length);
        if (wide == null || wide.signum() <= 0) {
            return false;
        }
        int integers = Math.max(0, wide.precision() - wide.scale());
        int scale = Math.max(0, Math.min(wide.scale(), DecimalParser.MAX_SIGNIFICANT_DIGITS - integers));
        BigDecimal cut = wide.setScale(scale, RoundingMode.DOWN);
        return cut.signum() > 0 && into.parse(cut.toPlainString());
    }

    public static boolean isNumber(JsonToken value) {
        return value == JsonToken.VALUE_STRING
                || value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT;
    }

    /** Whether the value is true, in quotes or not. */
    public static boolean isTrue(JsonParser p, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_TRUE || (value == JsonToken.VALUE_STRING && LineTree.isText(p, "true"));
    }

    /** Whether the value is true or false, in quotes or not. */
    public static boolean isFlag(JsonParser p, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_FALSE
                || (value == JsonToken.VALUE_STRING && LineTree.isText(p, "false"))
                || isTrue(p, value);
    }

    /** A symbol, if there is one, must be that of the topic; it is compared without creating a text. */
    public static void requireSymbol(JsonParser p, JsonToken value, String name, String symbol) throws IOException {
        if (value == JsonToken.VALUE_NULL
                || (value == JsonToken.VALUE_STRING && (p.getTextLength() == 0 || LineTree.isText(p, symbol)))) {
            return;
        }
        throw new UnreadableDataException(SYMBOL, name + " is " + shown(p, value) + ", must be " + symbol);
    }

    /** A text, or a number or flag as text; empty if it is null, or an object or a list. */
    public static String textOrEmpty(JsonParser p, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_NULL || !value.isScalarValue() ? "" : p.getText();
    }

    /** The text, shortened if it is long; null if the value is not a text. */
    public static String shortText(JsonParser p, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            p.skipChildren();
            return null;
        }
        String text = p.getText();
        return text.length() <= 4_096 ? text : text.substring(0, 4_096);
    }

    public static void text(JsonToken value, String name) throws UnreadableDataException {
        require(value == JsonToken.VALUE_STRING, FORM, name + " is not a text");
    }

    /** The value for a message. */
    public static String shown(JsonParser p, JsonToken value) throws IOException {
        if (value == null || !value.isScalarValue()) {
            return value == JsonToken.START_ARRAY ? "a list" : "an object";
        }
        String text = OneLine.of(p.getText());
        return '"' + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...") + '"';
    }

    public static void require(boolean rule, UnreadableReason reason, String otherwise) throws UnreadableDataException {
        if (!rule) {
            throw new UnreadableDataException(reason, otherwise);
        }
    }
}
