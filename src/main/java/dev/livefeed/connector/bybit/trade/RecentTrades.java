package dev.livefeed.connector.bybit.trade;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Symbols;
import dev.livefeed.protocol.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Converts the rows of a {@code recent-trade} response, which are sorted newest first, to trades, oldest first. */
public final class RecentTrades {

    private static final JsonFactory JSON = new JsonFactory();

    private final TopicName topic;
    private final long receivedAt;
    private final boolean synthetic;
    private final DecimalParser decimal = new DecimalParser();

    private String id;
    private String symbol;
    private BigDecimal price;
    private BigDecimal qty;
    private Side side;
    private long timeMillis;
    private long seq;
    private boolean blockTrade;
    private boolean rpi;

    private RecentTrades(TopicName topic, long receivedAt, boolean synthetic) {
        this.topic = topic;
        this.receivedAt = receivedAt;
        this.synthetic = synthetic;
    }

    /** The request for as many trades as the venue publishes. */
    public static String query(TopicName topic) {
        return "/v5/market/recent-trade?category=" + topic.category().text()
                + (topic.mixesSymbols() ? "&baseCoin=" : "&symbol=") + topic.symbol()
                + "&limit=" + topic.category().recentTrades();
    }

    /** The request for as many trades of one option contract as the venue publishes. */
    public static String query(TopicName topic, String contract) {
        return "/v5/market/recent-trade?category=" + topic.category().text() + "&symbol=" + contract + "&limit="
                + topic.category().recentTrades();
    }

    /**
     * Reads the list of a response.
     *
     * @throws IOException if it cannot be read completely; the message says why
     */
    public static List<Trade> read(byte[] body, TopicName topic, long receivedAt, boolean synthetic)
            throws IOException {
        RecentTrades rows = new RecentTrades(topic, receivedAt, synthetic);
        try (JsonParser p = JSON.createParser(body)) {
            List<Trade> trades = rows.envelope(p);
            Collections.reverse(trades);
            return trades;
        }
    }

    private List<Trade> envelope(JsonParser p) throws IOException {
        require(p.nextToken() == JsonToken.START_OBJECT, "the response is not an object");
        List<Trade> trades = null;
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

    private List<Trade> list(JsonParser p) throws IOException {
        List<Trade> trades = new ArrayList<>();
        while (p.nextToken() == JsonToken.START_OBJECT) {
            clear();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                field(p, p.currentName());
            }
            require(
                    id != null
                            && !id.isEmpty()
                            && id.length() <= 128
                            && price != null
                            && qty != null
                            && side != null
                            && plausible(timeMillis),
                    "a row has no valid execId, price, size, side or time");
            trades.add(new Trade(
                    topic.mixesSymbols() && symbol != null && Symbols.valid(symbol)
                            ? topic.instrument(symbol)
                            : topic.instrument(),
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
                    false));
        }
        require(p.currentToken() == JsonToken.END_ARRAY, "a row is not an object");
        return trades;
    }

    private void field(JsonParser p, String name) throws IOException {
        p.nextToken();
        switch (name) {
            case "execId" -> id = p.getText();
            case "symbol" -> symbol = p.getText();
            case "price" -> price = positive(p);
            case "size" -> qty = positive(p);
            case "side" ->
                side = p.getText().equals("Buy") ? Side.BUY : p.getText().equals("Sell") ? Side.SELL : null;
            case "time" -> timeMillis = whole(p);
            case "seq" -> seq = whole(p);
            case "isBlockTrade" -> blockTrade = p.currentToken() == JsonToken.VALUE_TRUE;
            case "isRPITrade" -> rpi = p.currentToken() == JsonToken.VALUE_TRUE;
            default -> p.skipChildren();
        }
    }

    private BigDecimal positive(JsonParser p) throws IOException {
        require(
                p.currentToken().isScalarValue()
                        && decimal.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                        && decimal.unscaled() > 0,
                "a row's price or size is not a decimal > 0");
        return decimal.value();
    }

    private long whole(JsonParser p) throws IOException {
        require(
                p.currentToken().isScalarValue()
                        && decimal.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength())
                        && decimal.scale() == 0,
                "a row's time or seq is not a whole number");
        return decimal.unscaled();
    }

    private void clear() {
        id = null;
        symbol = null;
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
