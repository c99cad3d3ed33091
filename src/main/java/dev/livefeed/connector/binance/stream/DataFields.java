package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * The fields of a frame whose names are single letters, as texts; reused for the next frame. An absent field, null and
 * an empty text are the same. A number that cannot be read is added to the unread parts of the frame, and taken as
 * absent. Not thread-safe.
 */
public final class DataFields {

    private static final int LETTERS = 128;

    private final String[] values = new String[LETTERS];
    private final DecimalParser decimals = new DecimalParser();
    private final UnreadParts unread;
    private int readable;

    DataFields(UnreadParts unread) {
        this.unread = unread;
    }

    void clear() {
        Arrays.fill(values, null);
        readable = 0;
    }

    /** Number of numbers that could be read. */
    int readable() {
        return readable;
    }

    /** @param name a field; only those of one ASCII letter are kept */
    void set(String name, String value) {
        if (name.length() == 1 && name.charAt(0) < LETTERS) {
            values[name.charAt(0)] = value.isEmpty() ? null : value;
        }
    }

    /** The text of a field, or null. */
    public String text(char name) {
        return values[name];
    }

    /** Whether the field is true. */
    public boolean flag(char name) {
        return "true".equals(values[name]);
    }

    /** A whole number >= 0 of at most 18 digits, or -1. */
    public long whole(char name) {
        String text = values[name];
        if (text == null || text.length() > 18) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Whether the field is true or false. */
    public boolean isFlag(char name) {
        return flag(name) || "false".equals(values[name]);
    }

    /** A time in milliseconds, or -1 if there is none or it cannot be read. */
    public long millis(char name) {
        long millis = whole(name);
        if (values[name] != null && millis < 0) {
            unread.addField(UnreadableReason.TIME, fault(name, "a whole number >= 0 of at most 18 digits"), -1);
        }
        return millis;
    }

    /** A price; null for none, which may also be written as 0. */
    public BigDecimal price(char name) {
        try {
            return counted(priceOrFault(name));
        } catch (UnreadableDataException e) {
            unread.addField(e.reason(), e.getMessage(), -1);
            return null;
        }
    }

    private BigDecimal priceOrFault(char name) throws UnreadableDataException {
        String text = values[name];
        if (text == null) {
            return null;
        }
        if (!decimals.parse(text) || decimals.unscaled() < 0) {
            throw new UnreadableDataException(
                    UnreadableReason.NUMBER, fault(name, "a decimal >= 0 below 10^15 with at most 18 digits"));
        }
        return decimals.unscaled() == 0 ? null : decimals.value();
    }

    /** A price or size above 0 without which the frame cannot be used. */
    public BigDecimal needed(char name) throws UnreadableDataException {
        BigDecimal value = priceOrFault(name);
        if (value == null) {
            throw new UnreadableDataException(UnreadableReason.NUMBER, name + " is missing or 0");
        }
        return value;
    }

    /** A decimal of either sign with up to 40 characters, or null. */
    public BigDecimal figure(char name) {
        try {
            return counted(figureOrFault(name));
        } catch (UnreadableDataException e) {
            unread.addField(e.reason(), e.getMessage(), -1);
            return null;
        }
    }

    private BigDecimal figureOrFault(char name) throws UnreadableDataException {
        String text = values[name];
        if (text == null) {
            return null;
        }
        BigDecimal figure = decimals.wide(text.toCharArray(), 0, text.length());
        if (figure == null) {
            throw new UnreadableDataException(
                    UnreadableReason.NUMBER,
                    fault(name, "a decimal of at most " + DecimalParser.MAX_WIDE_LENGTH + " characters"));
        }
        return figure;
    }

    /** A sum of at least 0, or null. */
    public BigDecimal sum(char name) {
        try {
            return counted(sumOrFault(name));
        } catch (UnreadableDataException e) {
            unread.addField(e.reason(), e.getMessage(), -1);
            return null;
        }
    }

    private BigDecimal sumOrFault(char name) throws UnreadableDataException {
        BigDecimal sum = figureOrFault(name);
        if (sum != null && sum.signum() < 0) {
            throw new UnreadableDataException(UnreadableReason.NUMBER, name + " is negative");
        }
        return sum;
    }

    /** A sum of at least 0 without which the frame cannot be used. */
    public BigDecimal neededSum(char name) throws UnreadableDataException {
        BigDecimal sum = sumOrFault(name);
        if (sum == null) {
            throw new UnreadableDataException(UnreadableReason.FORM, name + " is missing");
        }
        return sum;
    }

    private BigDecimal counted(BigDecimal value) {
        readable += value == null ? 0 : 1;
        return value;
    }

    private String fault(char name, String rule) {
        return name + " is \"" + shortened(values[name]) + "\", must be " + rule;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
