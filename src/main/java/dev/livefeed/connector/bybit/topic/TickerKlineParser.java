package dev.livefeed.connector.bybit.topic;

import static dev.livefeed.connector.bybit.topic.FrameParser.require;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.TickerFigure;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Parses the data of tickers and candles. Numbers may be texts or numbers; an empty text, and a price of 0, mean none.
 * Unknown fields are skipped. Not thread-safe.
 */
final class TickerKlineParser {

    /** Maximum length of a candle: a month, in milliseconds. */
    private static final long LONGEST_CANDLE = 31L * 86_400_000L;

    private static final long LONGEST_AHEAD_MILLIS = 39L * 86_400_000L;

    private final DecimalParser decimals = new DecimalParser();

    /**
     * Parses the data of a ticker into the frame.
     *
     * @param latestMillis upper limit of times except scheduled ones, milliseconds since 1970
     */
    void ticker(JsonParser p, JsonToken start, ParsedFrame frame, long latestMillis) throws IOException {
        require(start == JsonToken.START_OBJECT, "data is not an object");
        TickerFields fields = frame.ticker;
        fields.clear();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            TickerFigure figure = TickerFields.figure(name);
            if (figure != null) {
                require(!fields.names(figure), figure + " occurs twice in the frame");
                fields.set(figure, figure(p, value, figure, name));
            } else if (name.equals("nextFundingTime")) {
                require(!fields.namesNextFunding(), "nextFundingTime occurs twice in the frame");
                fields.nextFunding(nextFunding(p, value, latestMillis));
            } else {
                p.skipChildren();
            }
        }
    }

    private BigDecimal figure(JsonParser p, JsonToken value, TickerFigure figure, String name) throws IOException {
        if (isNone(p, value)) {
            return null;
        }
        if (!figure.isPrice()) {
            BigDecimal number = wide(p, value, name);
            require(figure.isSigned() || number.signum() >= 0, name + " is negative");
            require(
                    figure != TickerFigure.BID_QTY && figure != TickerFigure.ASK_QTY || narrow(p),
                    name + " is not a decimal below 10^15 with at most 18 digits");
            return number;
        }
        require(isNumber(value) && narrow(p), name + " is not a decimal below 10^15 with at most 18 digits");
        require(decimals.unscaled() >= 0, name + " is negative");
        return decimals.unscaled() == 0 ? null : decimals.value();
    }

    /** Milliseconds since 1970; 0 means none. */
    private long nextFunding(JsonParser p, JsonToken value, long latestMillis) throws IOException {
        if (isNone(p, value)) {
            return -1;
        }
        BigDecimal millis = wide(p, value, "nextFundingTime");
        if (millis.signum() == 0) {
            return -1;
        }
        require(
                millis.scale() <= 0
                        && millis.compareTo(BigDecimal.valueOf(FrameParser.EARLIEST_MILLIS)) >= 0
                        && millis.compareTo(BigDecimal.valueOf(latestMillis + LONGEST_AHEAD_MILLIS)) < 0,
                "nextFundingTime is before 2009 or too far ahead");
        return millis.longValueExact() * 1_000L;
    }

    /** Parses candles into the frame. */
    void klines(JsonParser p, JsonToken start, ParsedFrame frame, long latestMillis) throws IOException {
        require(start == JsonToken.START_ARRAY, "data is not a list");
        frame.klines.clear();
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            require(token == JsonToken.START_OBJECT, "a candle is not an object");
            frame.klines.add(kline(p, latestMillis));
        }
    }

    private KlineRow kline(JsonParser p, long latestMillis) throws IOException {
        long start = 0;
        long end = 0;
        BigDecimal open = null;
        BigDecimal high = null;
        BigDecimal low = null;
        BigDecimal close = null;
        BigDecimal volume = null;
        BigDecimal turnover = null;
        Boolean closed = null;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "start" -> start = FrameParser.integer(p, value, name);
                case "end" -> end = FrameParser.integer(p, value, name);
                case "open" -> open = price(p, value, name);
                case "high" -> high = price(p, value, name);
                case "low" -> low = price(p, value, name);
                case "close" -> close = price(p, value, name);
                case "volume" -> volume = sum(p, value, name);
                case "turnover" -> turnover = sum(p, value, name);
                case "confirm" -> {
                    require(value.isBoolean(), "confirm is neither true nor false");
                    closed = value == JsonToken.VALUE_TRUE;
                }
                default -> p.skipChildren();
            }
        }
        require(FrameParser.validMillis(start, latestMillis), "a candle starts before 2009 or a day ahead");
        require(end > start && end - start < LONGEST_CANDLE, "a candle does not end after its start");
        require(
                open != null && high != null && low != null && close != null && volume != null && closed != null,
                "a candle has no open, high, low, close, volume or confirm");
        require(Kline.sound(open, high, low, close), "the prices of a candle are inconsistent");
        return new KlineRow(start, end, open, high, low, close, volume, turnover, closed);
    }

    private BigDecimal price(JsonParser p, JsonToken value, String name) throws IOException {
        require(
                isNumber(value) && narrow(p) && decimals.unscaled() > 0,
                name + " is not a decimal > 0 below 10^15 with at most 18 digits");
        return decimals.value();
    }

    private BigDecimal sum(JsonParser p, JsonToken value, String name) throws IOException {
        BigDecimal sum = wide(p, value, name);
        require(sum.signum() >= 0, name + " is negative");
        return sum;
    }

    private boolean narrow(JsonParser p) throws IOException {
        return decimals.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
    }

    private BigDecimal wide(JsonParser p, JsonToken value, String name) throws IOException {
        BigDecimal number =
                isNumber(value) ? decimals.wide(p.getTextCharacters(), p.getTextOffset(), p.getTextLength()) : null;
        require(number != null, name + " is not a decimal of at most " + DecimalParser.MAX_WIDE_LENGTH + " characters");
        return number;
    }

    private static boolean isNone(JsonParser p, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && p.getTextLength() == 0);
    }

    private static boolean isNumber(JsonToken value) {
        return value == JsonToken.VALUE_STRING
                || value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT;
    }
}
