package dev.livefeed.connector.bybit.trade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Converts the rows of a {@code recent-trade} response, which are sorted newest first, to trades, oldest first. A row
 * that cannot be read is left out.
 */
public final class RecentTrades {

    private static final JsonFactory JSON = new JsonFactory();

    private final TopicName topic;

    /** The only symbol that its rows can have, or null if the rows are about the contracts of a base coin. */
    private final String only;

    private final long receivedAt;
    private final boolean synthetic;
    private final DecimalParser number = new DecimalParser();

    private String id;
    private String symbol;
    private boolean wrongSymbol;
    private BigDecimal price;
    private BigDecimal qty;
    private Side side;
    private long timeMillis;
    private long seq;
    private boolean blockTrade;
    private boolean rpi;

    /**
     * The trades of a response, oldest first.
     *
     * @param unread rows that could not be read, oldest first
     */
    public record Rows(List<Trade> trades, List<UnreadRow> unread) {

        /** Number of rows in the response. */
        public int size() {
            return trades.size() + unread.size();
        }

        /** Exchange time of the oldest trade in microseconds; of an empty response the latest possible one. */
        public long oldestMicros() {
            return trades.isEmpty() ? Long.MAX_VALUE : trades.get(0).timestampMicros();
        }

        /** Exchange time of the newest trade in microseconds, or -1. */
        public long newestMicros() {
            return trades.isEmpty() ? -1 : trades.get(trades.size() - 1).timestampMicros();
        }
    }

    /**
     * A row that could not be read.
     *
     * @param symbol null if that could not be read either
     * @param id null if that could not be read either
     * @param micros its time; if that could not be read either, that of the next newer row, or of the response
     */
    public record UnreadRow(String symbol, String id, long micros, UnreadableReason reason) {}

    private RecentTrades(TopicName topic, String requested, long receivedAt, boolean synthetic) {
        this.topic = topic;
        this.only = topic.mixesSymbols() && requested.equals(topic.symbol()) ? null : requested;
        this.receivedAt = receivedAt;
        this.synthetic = synthetic;
    }

    /** The request for as many trades as the venue publishes. */
    public static String query(TopicName topic) {
        return "/v5/market/recent-trade?category=" + topic.category().text()
                + (topic.mixesSymbols() ? "&baseCoin=" : "&symbol=") + Symbols.inAddress(topic.symbol())
                + "&limit=" + topic.category().recentTrades();
    }

    /** The request for as many trades of one option contract as the venue publishes. */
    public static String query(TopicName topic, String contract) {
        return "/v5/market/recent-trade?category=" + topic.category().text() + "&symbol=" + Symbols.inAddress(contract)
                + "&limit=" + topic.category().recentTrades();
    }

    /**
     * Reads the list of a response to {@link #query(TopicName)}.
     *
     * @throws IOException if it has no list; the message says why
     */
    public static Rows read(byte[] body, TopicName topic, long receivedAt, boolean synthetic) throws IOException {
        return read(body, topic, topic.symbol(), receivedAt, synthetic);
    }

    /**
     * Reads the list of a response.
     *
     * @param requested the contract that was asked for; otherwise the symbol of the topic
     * @throws IOException if it has no list; the message says why
     */
    public static Rows read(byte[] body, TopicName topic, String requested, long receivedAt, boolean synthetic)
            throws IOException {
        RecentTrades rows = new RecentTrades(topic, requested, receivedAt, synthetic);
        try (JsonParser p = JSON.createParser(body)) {
            Rows all = rows.envelope(p);
            Collections.reverse(all.trades());
            Collections.reverse(all.unread());
            return all;
        }
    }

    private Rows envelope(JsonParser p) throws IOException {
        require(p.nextToken() == JsonToken.START_OBJECT, "the response is not an object");
        Rows trades = null;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            if (p.currentName().equals("result") && p.nextToken() == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    if (p.currentName().equals("list") && p.nextToken() == JsonToken.START_ARRAY) {
                        trades = list(p);
                    } else {
                        skip(p);
                    }
                }
            } else {
                skip(p);
            }
        }
        require(trades != null, "the response has no list");
        return trades;
    }

    private Rows list(JsonParser p) throws IOException {
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>());
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            clear();
            if (token == JsonToken.START_OBJECT) {
                while (p.nextToken() == JsonToken.FIELD_NAME) {
                    field(p, p.currentName());
                    p.skipChildren();
                }
            } else {
                p.skipChildren();
            }
            UnreadableReason fault = token == JsonToken.START_OBJECT ? fault() : UnreadableReason.FORM;
            if (fault == null) {
                rows.trades().add(trade());
            } else {
                rows.unread().add(new UnreadRow(only == null ? symbol : only, id, micros(rows.trades()), fault));
            }
        }
        return rows;
    }

    /** Why the row is not a trade, or null. */
    private UnreadableReason fault() {
        if (wrongSymbol || (only == null && symbol == null)) {
            return UnreadableReason.SYMBOL;
        }
        if (!plausible(timeMillis)) {
            return UnreadableReason.TIME;
        }
        if (price == null || qty == null) {
            return UnreadableReason.NUMBER;
        }
        if (side == null) {
            return UnreadableReason.SIDE;
        }
        return id == null ? UnreadableReason.ID : null;
    }

    private long micros(List<Trade> newer) {
        if (plausible(timeMillis)) {
            return timeMillis * 1_000L;
        }
        return newer.isEmpty() ? receivedAt : newer.get(newer.size() - 1).timestampMicros();
    }

    private Trade trade() {
        return new Trade(
                topic.instrument(only == null ? symbol : only),
                id,
                timeMillis * 1_000L,
                price,
                qty,
                side,
                seq,
                blockTrade,
                rpi,
                receivedAt,
                synthetic,
                true,
                false);
    }

    private void field(JsonParser p, String name) throws IOException {
        JsonToken value = p.nextToken();
        switch (name) {
            case "execId" -> id = id(FrameValues.textOrEmpty(p, value));
            case "symbol" -> symbol(p, value);
            case "price" -> price = positive(p, value, false);
            case "size" -> qty = positive(p, value, true);
            case "side" -> side = side(p.getText());
            case "time" -> timeMillis = FrameValues.integerOr(p, value, 0);
            case "seq" -> seq = FrameValues.integerOr(p, value, -1);
            case "isBlockTrade" -> blockTrade = FrameValues.isTrue(p, value);
            case "isRPITrade" -> rpi = FrameValues.isTrue(p, value);
            default -> {
                // Not used.
            }
        }
    }

    /** The symbol of a row, if it has one, is one that was asked for. */
    private void symbol(JsonParser p, JsonToken value) throws IOException {
        String text = value == JsonToken.VALUE_STRING ? p.getText() : "";
        if (value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && text.isEmpty())) {
            return;
        }
        if (only == null ? Contracts.isOf(topic.symbol(), text) : text.equals(only)) {
            symbol = text;
        } else {
            wrongSymbol = true;
        }
    }

    private static String id(String text) {
        return text.isEmpty() || text.length() > 128 ? null : text;
    }

    private static Side side(String text) {
        return text.equals("Buy") ? Side.BUY : text.equals("Sell") ? Side.SELL : null;
    }

    private BigDecimal positive(JsonParser p, JsonToken value, boolean size) throws IOException {
        boolean decimal = value.isScalarValue()
                && (number.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                        || (size && FrameValues.shortened(p, value, number)));
        return decimal && number.unscaled() > 0 ? number.value() : null;
    }

    private void clear() {
        id = null;
        symbol = null;
        wrongSymbol = false;
        price = null;
        qty = null;
        side = null;
        timeMillis = 0;
        seq = -1;
        blockTrade = false;
        rpi = false;
    }

    /** The same bounds as for frames: readers of the events reject times outside of them. */
    private boolean plausible(long millis) {
        return millis >= 1_230_768_000_000L && millis < receivedAt / 1_000L + 86_000_000L;
    }

    private static void skip(JsonParser p) throws IOException {
        if (p.currentToken() == JsonToken.FIELD_NAME) {
            p.nextToken();
        }
        p.skipChildren();
    }

    private static void require(boolean rule, String otherwise) throws IOException {
        if (!rule) {
            throw new IOException(otherwise);
        }
    }
}
