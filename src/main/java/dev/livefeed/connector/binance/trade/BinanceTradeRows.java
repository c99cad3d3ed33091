package dev.livefeed.connector.binance.trade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.trade.TradeRows;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads responses of {@code aggTrades}, {@code historicalTrades} or {@code trades}. */
final class BinanceTradeRows {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long EARLIEST_MILLIS = 1_230_768_000_000L;

    private BinanceTradeRows() {}

    /**
     * Reads a response.
     *
     * @param receivedAt microseconds since 1970
     * @throws IOException if it is not a list of rows; the message says why
     */
    static TradeRows read(byte[] body, InstrumentId instrument, long receivedAt, boolean synthetic) throws IOException {
        NavigableMap<Long, Trade> trades = new TreeMap<>();
        int size = 0;
        int unread = 0;
        UnreadableReason reason = null;
        String sample = null;
        TradeColumns row = new TradeColumns();
        try (JsonParser p = JSON.createParser(body)) {
            if (p.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the response is not a list of trades");
            }
            JsonToken token;
            while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
                if (token == null) {
                    throw new IOException("the response ends within its list");
                }
                size++;
                row.read(p, token);
                UnreadableReason fault = row.fault(receivedAt);
                if (fault == null) {
                    trades.put(row.id, row.trade(instrument, receivedAt, synthetic));
                } else {
                    unread++;
                    sample = reason == null ? "its " + fault + "; id " + row.id : sample;
                    reason = reason == null ? fault : reason;
                }
            }
        }
        return new TradeRows(trades, size >= BinanceTradeSource.PAGE, unread, reason, sample);
    }

    /** The row being read. The names are those of aggregate trades, and the longer ones of single trades. */
    private static final class TradeColumns {

        private final DecimalParser decimals = new DecimalParser();
        private long id;
        private long millis;
        private BigDecimal price;
        private BigDecimal qty;
        private Side side;

        void read(JsonParser p, JsonToken token) throws IOException {
            id = -1;
            millis = 0;
            price = null;
            qty = null;
            side = null;
            if (token != JsonToken.START_OBJECT) {
                p.skipChildren();
                return;
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                switch (name) {
                    case "a", "id" -> id = FrameValues.integerOr(p, value, -1);
                    case "T", "time" -> millis = FrameValues.integerOr(p, value, 0);
                    case "p", "price" -> price = positive(p, value);
                    case "q", "qty" -> qty = positive(p, value);
                    case "m", "isBuyerMaker" ->
                        side = !FrameValues.isFlag(p, value)
                                ? null
                                : FrameValues.isTrue(p, value) ? Side.SELL : Side.BUY;
                    default -> {
                        // Not used.
                    }
                }
                p.skipChildren();
            }
        }

        private BigDecimal positive(JsonParser p, JsonToken value) throws IOException {
            boolean decimal = FrameValues.decimal(p, value, decimals) || FrameValues.shortened(p, value, decimals);
            return decimal && decimals.unscaled() > 0 ? decimals.value() : null;
        }

        UnreadableReason fault(long receivedAt) {
            if (id < 0) {
                return UnreadableReason.ID;
            }
            if (millis < EARLIEST_MILLIS || millis >= receivedAt / 1_000L + 86_000_000L) {
                return UnreadableReason.TIME;
            }
            if (price == null || qty == null) {
                return UnreadableReason.NUMBER;
            }
            return side == null ? UnreadableReason.SIDE : null;
        }

        Trade trade(InstrumentId instrument, long receivedAt, boolean synthetic) {
            return new Trade(
                    instrument,
                    Long.toString(id),
                    millis * 1_000L,
                    price,
                    qty,
                    side,
                    -1,
                    false,
                    false,
                    receivedAt,
                    synthetic,
                    true,
                    false);
        }
    }
}
