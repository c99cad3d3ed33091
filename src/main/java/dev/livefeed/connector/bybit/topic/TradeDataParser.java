package dev.livefeed.connector.bybit.topic;

import static dev.livefeed.connector.feed.FrameValues.decimal;
import static dev.livefeed.connector.feed.FrameValues.isTrue;
import static dev.livefeed.connector.feed.FrameValues.require;
import static dev.livefeed.connector.feed.FrameValues.shortened;
import static dev.livefeed.connector.feed.FrameValues.shown;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.ID;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.NUMBER;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.SIDE;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.SYMBOL;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.connector.feed.stream.UnreadParts.UnreadTrade;
import dev.livefeed.connector.instrument.Contracts;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.model.Side;
import java.io.IOException;

/**
 * Parses lists of trades and of liquidations, which have the fields of a trade except the id. A row that cannot be read
 * is left out. Not thread-safe.
 */
final class TradeDataParser {

    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private UnreadableDataException fault;
    private TopicName topic;

    /** @param ids whether each row must have an id */
    void trades(JsonParser p, JsonToken start, ParsedFrame frame, long latestMillis, boolean ids) throws IOException {
        require(start == JsonToken.START_ARRAY, FORM, "data is not a list");
        topic = frame.topic.name();
        JsonToken token;
        for (int index = 0; (token = p.nextToken()) != JsonToken.END_ARRAY; index++) {
            if (token != JsonToken.START_OBJECT) {
                frame.unread.add(FORM, "a row is " + shown(p, token) + ", must be an object", index);
                frame.unread.add(new UnreadTrade(frame.tradeCount, null, null, 0));
                p.skipChildren();
                continue;
            }
            TradeRow row = frame.addTrade();
            fault = null;
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                field(p, p.currentName(), p.nextToken(), row, latestMillis, frame.unread);
            }
            if (fault == null && topic.mixesSymbols() && row.symbol == null) {
                fault = new UnreadableDataException(SYMBOL, "s is missing, must be the symbol of a contract");
            }
            String missing = fault == null ? missing(row, ids) : null;
            if (fault != null || missing != null) {
                frame.unread.add(
                        fault == null ? FORM : fault.reason(), fault == null ? missing : fault.getMessage(), index);
                frame.dropTrade();
                frame.unread.add(new UnreadTrade(frame.tradeCount, row.symbol, row.id, row.timeMillis));
            }
        }
    }

    private static String missing(TradeRow row, boolean ids) {
        boolean complete = row.timeMillis > 0 && row.price > 0 && row.qty > 0 && row.side != null;
        return complete && (row.id != null || !ids)
                ? null
                : ids
                        ? "a trade has no time, price, size, side or id"
                        : "a liquidation has no time, price, size or side";
    }

    /** The other fields of an unreadable row are read too: they may tell which trade it is. */
    private void field(JsonParser p, String name, JsonToken value, TradeRow row, long latestMillis, UnreadParts unread)
            throws IOException {
        try {
            trade(p, name, value, row, latestMillis, unread);
        } catch (UnreadableDataException e) {
            fault = fault == null ? e : fault;
            p.skipChildren();
        }
    }

    private void trade(JsonParser p, String name, JsonToken value, TradeRow row, long latestMillis, UnreadParts unread)
            throws IOException {
        switch (name) {
            case "T" -> row.timeMillis = FrameValues.millis(p, value, name, latestMillis);
            case "p" -> {
                if (!decimal(p, value, price) || price.unscaled() <= 0) {
                    throw new UnreadableDataException(
                            NUMBER,
                            "p is " + shown(p, value) + ", must be a decimal > 0 below 10^15 with at most 18 digits");
                }
                row.price = price.unscaled();
                row.priceScale = price.scale();
            }
            case "v" -> {
                boolean exact = decimal(p, value, qty);
                if (!exact && shortened(p, value, qty)) {
                    exact = true;
                    unread.shortened();
                }
                if (!exact || qty.unscaled() <= 0) {
                    throw new UnreadableDataException(
                            NUMBER, "v is " + shown(p, value) + ", must be a decimal > 0 below 10^15");
                }
                row.qty = qty.unscaled();
                row.qtyScale = qty.scale();
            }
            case "S" -> row.side = side(p, value);
            case "i" -> {
                boolean named = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
                int length = named ? p.getTextLength() : 0;
                require(length > 0 && length <= 128, ID, "i is not an id of 1 to 128 characters");
                row.id = p.getText();
            }
            case "s" -> row.symbol = symbol(p, value);
            case "BT" -> row.blockTrade = isTrue(p, value);
            case "RPI" -> row.rpi = isTrue(p, value);
            case "seq" -> row.seq = FrameValues.integerOr(p, value, -1);
            default -> p.skipChildren();
        }
        p.skipChildren();
    }

    private String symbol(JsonParser p, JsonToken value) throws IOException {
        if (!topic.mixesSymbols()) {
            FrameValues.requireSymbol(p, value, "s", topic.symbol());
            return topic.symbol();
        }
        String text = value == JsonToken.VALUE_STRING ? p.getText() : "";
        if (!Contracts.isOf(topic.symbol(), text)) {
            throw new UnreadableDataException(
                    SYMBOL, "s is " + shown(p, value) + ", must be the symbol of a contract of " + topic.symbol());
        }
        return text;
    }

    private static Side side(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            if (LineTree.isText(p, "Buy")) {
                return Side.BUY;
            }
            if (LineTree.isText(p, "Sell")) {
                return Side.SELL;
            }
        }
        throw new UnreadableDataException(SIDE, "S is " + shown(p, value) + ", must be Buy or Sell");
    }
}
