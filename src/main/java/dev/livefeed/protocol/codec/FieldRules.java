package dev.livefeed.protocol.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.model.Side;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Rules shared by the fields of several types. */
final class FieldRules {

    /** A decimal above 0 within the limits of the protocol. */
    static final FieldRule<BigDecimal> PRICE = decimal(InvalidReason.BAD_PRICE, n -> n > 0, "> 0");

    /** As {@link #PRICE}. */
    static final FieldRule<BigDecimal> QTY = decimal(InvalidReason.BAD_QTY, n -> n > 0, "> 0");

    /** As {@link #QTY}, or 0. */
    static final FieldRule<BigDecimal> QTY_OR_ZERO = decimal(InvalidReason.BAD_QTY, n -> n >= 0, ">= 0");

    /** A sum that may have more digits than a price; not negative. */
    static final FieldRule<BigDecimal> SUM = new Wide(0);

    /** A decimal of either sign that may have more digits than a price. */
    static final FieldRule<BigDecimal> FIGURE = new Wide(-1);

    /** A time, held as microseconds since 1970. */
    static final FieldRule<Long> TIME = new FieldRule<>() {
        @Override
        public Long read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            return tools.times().parse(p, value, name);
        }

        @Override
        public void write(JsonBuffer out, Long value) {
            out.millis(value);
        }
    };

    /** As {@link #TIME}, but up to 40 days ahead, for the end of a monthly candle. */
    static final FieldRule<Long> TIME_AHEAD = new FieldRule<>() {
        @Override
        public Long read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            return tools.times().parseAhead(p, value, name);
        }

        @Override
        public void write(JsonBuffer out, Long value) {
            out.millis(value);
        }
    };

    /** An integer that is not negative. */
    static final FieldRule<Long> WHOLE = new FieldRule<>() {
        @Override
        public Long read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            return EventReader.integer(p, value, name);
        }

        @Override
        public void write(JsonBuffer out, Long value) {
            out.number(value);
        }
    };

    /** True or false. */
    static final FieldRule<Boolean> FLAG = new FieldRule<>() {
        @Override
        public Boolean read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            return EventReader.bool(p, value, name);
        }

        @Override
        public void write(JsonBuffer out, Boolean value) {
            out.ascii(value ? "true" : "false");
        }
    };

    /** {@code buy} or {@code sell}. */
    static final FieldRule<Side> SIDE = new FieldRule<>() {
        @Override
        public Side read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            return EventReader.side(p, value);
        }

        @Override
        public void write(JsonBuffer out, Side value) {
            out.ascii(value == Side.BUY ? "\"buy\"" : "\"sell\"");
        }
    };

    private FieldRules() {}

    /** A text of 1 to {@code longest} characters. */
    static FieldRule<String> text(int longest) {
        return new FieldRule<>() {
            @Override
            public String read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                    throws IOException, InvalidEventException {
                if (value != JsonToken.VALUE_STRING || p.getTextLength() == 0 || p.getTextLength() > longest) {
                    throw broken(p, value, name, "a text of 1 to " + longest + " characters");
                }
                return p.getText();
            }

            @Override
            public void write(JsonBuffer out, String value) {
                out.string(value);
            }
        };
    }

    /** An enum constant by its name in lower case. */
    static <T extends Enum<T>> FieldRule<T> word(Class<T> type) {
        return word(type, one -> one.name().toLowerCase(Locale.ROOT));
    }

    /** An enum constant by its own ASCII text. */
    static <T extends Enum<T>> FieldRule<T> word(Class<T> type, Function<T, String> text) {
        Map<String, T> words =
                Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(text, Function.identity()));
        List<String> names = Arrays.stream(type.getEnumConstants()).map(text).toList();
        return new FieldRule<>() {
            @Override
            public T read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                    throws IOException, InvalidEventException {
                T word = value == JsonToken.VALUE_STRING ? words.get(p.getText()) : null;
                if (word == null) {
                    throw broken(p, value, name, "one of " + String.join(", ", names));
                }
                return word;
            }

            @Override
            public void write(JsonBuffer out, T value) {
                out.raw('"').ascii(names.get(value.ordinal())).raw('"');
            }
        };
    }

    /** The exception for a value that breaks its rule. */
    static InvalidEventException broken(JsonParser p, JsonToken value, String name, String rule) throws IOException {
        return new InvalidEventException(
                InvalidReason.BAD_FIELD, name + " is " + LineTree.shown(p, value) + ", must be " + rule);
    }

    private static FieldRule<BigDecimal> decimal(InvalidReason reason, LongPredicate sign, String rule) {
        return new FieldRule<>() {
            @Override
            public BigDecimal read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                    throws IOException, InvalidEventException {
                DecimalParser decimals = tools.decimals();
                if (!scalar(value)
                        || !decimals.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                        || !sign.test(decimals.unscaled())) {
                    throw new InvalidEventException(
                            reason,
                            name + " is " + LineTree.shown(p, value) + ", must be a decimal " + rule
                                    + " below 10^15 with at most 18 significant digits");
                }
                return decimals.value();
            }

            @Override
            public void write(JsonBuffer out, BigDecimal value) {
                out.decimal(value);
            }
        };
    }

    private static boolean scalar(JsonToken value) {
        return value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT
                || value == JsonToken.VALUE_STRING;
    }

    /** Decimals that are not part of a book: sums over a day, rates, greeks. */
    private record Wide(int least) implements FieldRule<BigDecimal> {

        @Override
        public BigDecimal read(JsonParser p, JsonToken value, String name, FieldRule.Tools tools)
                throws IOException, InvalidEventException {
            BigDecimal number = scalar(value)
                    ? tools.decimals().wide(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                    : null;
            if (number == null || (least == 0 && number.signum() < 0)) {
                throw broken(
                        p,
                        value,
                        name,
                        "a decimal " + (least == 0 ? ">= 0 " : "") + "of at most " + DecimalParser.MAX_WIDE_LENGTH
                                + " characters");
            }
            return number;
        }

        @Override
        public void write(JsonBuffer out, BigDecimal value) {
            out.decimal(value);
        }
    }
}
