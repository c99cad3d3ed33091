package dev.livefeed.connector.bybit.topic;

import static dev.livefeed.connector.feed.FrameValues.require;
import static dev.livefeed.connector.feed.FrameValues.shown;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.NUMBER;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.PRICES;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.TIME;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.KlineRow;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.TickerFigure;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Parses the data of tickers and candles. Numbers may be texts or numbers; an empty text, and a price of 0, mean none.
 * Unknown fields are skipped. A figure or candle that cannot be read is left out. Not thread-safe.
 */
final class TickerKlineParser {

    /** Maximum length of a candle: a month, in milliseconds. */
    private static final long LONGEST_CANDLE = 31L * 86_400_000L;

    private static final long LONGEST_AHEAD_MILLIS = 39L * 86_400_000L;

    private final DecimalParser decimals = new DecimalParser();
    private final CandleRow row = new CandleRow();

    /**
     * Parses the data of a ticker into the frame.
     *
     * @param latestMillis upper limit of times except scheduled ones, milliseconds since 1970
     */
    void ticker(JsonParser p, JsonToken start, ParsedFrame frame, long latestMillis) throws IOException {
        require(start == JsonToken.START_OBJECT, FORM, "data is not an object");
        TickerFields fields = frame.ticker;
        fields.clear();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            TickerFigure figure = TickerFields.figure(name);
            if (figure == null && name.equals("symbol")) {
                FrameValues.requireSymbol(p, value, name, frame.topic.name().symbol());
            }
            try {
                if (figure != null) {
                    // Of a figure that is unreadable, or sent twice, no value is known.
                    boolean repeated = fields.names(figure);
                    fields.set(figure, null);
                    if (repeated) {
                        throw new UnreadableDataException(FORM, name + " occurs twice in the frame");
                    }
                    fields.set(figure, figure(p, value, figure, name));
                } else if (name.equals("nextFundingTime")) {
                    boolean repeated = fields.namesNextFunding();
                    fields.nextFunding(-1);
                    require(!repeated, FORM, "nextFundingTime occurs twice in the frame");
                    fields.nextFunding(nextFunding(p, value, latestMillis));
                }
            } catch (UnreadableDataException e) {
                frame.unread.add(e.reason(), e.getMessage(), -1);
            }
            p.skipChildren();
        }
    }

    private BigDecimal figure(JsonParser p, JsonToken value, TickerFigure figure, String name) throws IOException {
        if (isNone(p, value)) {
            return null;
        }
        if (!figure.isPrice()) {
            BigDecimal number = wide(p, value, name);
            if (!figure.isSigned() && number.signum() < 0) {
                throw negative(name);
            }
            if ((figure == TickerFigure.BID_QTY || figure == TickerFigure.ASK_QTY) && !narrow(p)) {
                throw tooWide(p, value, name);
            }
            return number;
        }
        if (!FrameValues.decimal(p, value, decimals)) {
            throw tooWide(p, value, name);
        }
        if (decimals.unscaled() < 0) {
            throw negative(name);
        }
        return decimals.unscaled() == 0 ? null : decimals.value();
    }

    private static UnreadableDataException negative(String name) {
        return new UnreadableDataException(NUMBER, name + " is negative");
    }

    private static UnreadableDataException tooWide(JsonParser p, JsonToken value, String name) throws IOException {
        return new UnreadableDataException(
                NUMBER, name + " is " + shown(p, value) + ", must be a decimal below 10^15 with at most 18 digits");
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
                        && millis.compareTo(BigDecimal.valueOf(FrameValues.EARLIEST_MILLIS)) >= 0
                        && millis.compareTo(BigDecimal.valueOf(latestMillis + LONGEST_AHEAD_MILLIS)) < 0,
                TIME,
                "nextFundingTime is before 2009 or too far ahead");
        return millis.longValueExact() * 1_000L;
    }

    /** Parses candles into the frame. */
    void klines(JsonParser p, JsonToken start, ParsedFrame frame, long latestMillis) throws IOException {
        require(start == JsonToken.START_ARRAY, FORM, "data is not a list");
        frame.klines.clear();
        JsonToken token;
        for (int index = 0; (token = p.nextToken()) != JsonToken.END_ARRAY; index++) {
            if (token != JsonToken.START_OBJECT) {
                frame.unread.add(FORM, "a candle is " + shown(p, token) + ", must be an object", index);
                p.skipChildren();
                continue;
            }
            try {
                row.read(p, frame.topic.name());
                frame.klines.add(row.candle(latestMillis));
            } catch (UnreadableDataException e) {
                frame.unread.add(e.reason(), e.getMessage(), index);
            }
        }
    }

    /** The candle being read; reused. */
    private final class CandleRow {

        private long start;
        private long end;
        private BigDecimal open;
        private BigDecimal high;
        private BigDecimal low;
        private BigDecimal close;
        private BigDecimal volume;
        private BigDecimal turnover;
        private Boolean closed;

        /** Reads to the end of the row, even if a field is unreadable. */
        void read(JsonParser p, TopicName topic) throws IOException {
            start = 0;
            end = 0;
            open = null;
            high = null;
            low = null;
            close = null;
            volume = null;
            turnover = null;
            closed = null;
            UnreadableDataException fault = null;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                try {
                    if (name.equals("symbol") || name.equals("s")) {
                        FrameValues.requireSymbol(p, value, name, topic.symbol());
                    }
                    field(p, name, value);
                } catch (UnreadableDataException e) {
                    fault = fault == null ? e : fault;
                }
                p.skipChildren();
            }
            if (fault != null) {
                throw fault;
            }
        }

        private void field(JsonParser p, String name, JsonToken value) throws IOException {
            switch (name) {
                case "start" -> start = FrameValues.integer(p, value, name);
                case "end" -> end = FrameValues.integer(p, value, name);
                case "open" -> open = price(p, value, name);
                case "high" -> high = price(p, value, name);
                case "low" -> low = price(p, value, name);
                case "close" -> close = price(p, value, name);
                case "volume" -> volume = sum(p, value, name);
                case "turnover" -> turnover = optionalSum(p, value);
                case "confirm" -> {
                    require(FrameValues.isFlag(p, value), FORM, "confirm is neither true nor false");
                    closed = FrameValues.isTrue(p, value);
                }
                default -> {
                    // Not used.
                }
            }
        }

        KlineRow candle(long latestMillis) throws UnreadableDataException {
            require(FrameValues.validMillis(start, latestMillis), TIME, "a candle starts before 2009 or a day ahead");
            require(end > start && end - start < LONGEST_CANDLE, TIME, "a candle does not end after its start");
            require(
                    open != null && high != null && low != null && close != null && volume != null && closed != null,
                    FORM,
                    "a candle has no open, high, low, close, volume or confirm");
            require(Kline.sound(open, high, low, close), PRICES, "the prices of a candle are inconsistent");
            return new KlineRow(start, end, open, high, low, close, volume, turnover, closed);
        }
    }

    /** A candle needs no turnover. */
    private BigDecimal optionalSum(JsonParser p, JsonToken value) throws IOException {
        BigDecimal sum = FrameValues.isNumber(value)
                ? decimals.wide(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                : null;
        return sum == null || sum.signum() < 0 ? null : sum;
    }

    private BigDecimal price(JsonParser p, JsonToken value, String name) throws IOException {
        if (!FrameValues.decimal(p, value, decimals) || decimals.unscaled() <= 0) {
            throw new UnreadableDataException(
                    NUMBER,
                    name + " is " + shown(p, value) + ", must be a decimal > 0 below 10^15 with at most 18 digits");
        }
        return decimals.value();
    }

    private BigDecimal sum(JsonParser p, JsonToken value, String name) throws IOException {
        BigDecimal sum = wide(p, value, name);
        if (sum.signum() < 0) {
            throw negative(name);
        }
        return sum;
    }

    private boolean narrow(JsonParser p) throws IOException {
        return decimals.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
    }

    private BigDecimal wide(JsonParser p, JsonToken value, String name) throws IOException {
        BigDecimal number = FrameValues.isNumber(value)
                ? decimals.wide(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                : null;
        if (number == null) {
            throw new UnreadableDataException(
                    NUMBER,
                    name + " is " + shown(p, value) + ", must be a decimal of at most " + DecimalParser.MAX_WIDE_LENGTH
                            + " characters");
        }
        return number;
    }

    private static boolean isNone(JsonParser p, JsonToken value) throws IOException {
        return value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && p.getTextLength() == 0);
    }
}
