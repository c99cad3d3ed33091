package dev.livefeed.connector.binance.stream;

import static dev.livefeed.connector.feed.FrameValues.decimal;
import static dev.livefeed.connector.feed.FrameValues.integer;
import static dev.livefeed.connector.feed.FrameValues.integerOr;
import static dev.livefeed.connector.feed.FrameValues.require;
import static dev.livefeed.connector.feed.FrameValues.shortText;
import static dev.livefeed.connector.feed.FrameValues.shortened;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.NUMBER;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.TIME;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.book.LevelParser;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;

/**
 * Parses the venue's frames from their bytes in one pass, without a tree and, for books and trades, without a string
 * per number. If {@code data} comes before {@code stream}, the frame is parsed a second time. Not thread-safe.
 */
public final class CombinedFrameParser {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String SHUTDOWN = "serverShutdown";

    /** Slightly less than the limit of one day that the protocol sets for future times. */
    private static final long AHEAD_MILLIS = 86_000_000L;

    private final LevelParser levels = new LevelParser(true);
    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private long latestMillis;
    private boolean dataSkipped;
    private boolean dataRead;
    private boolean named;
    private UnreadableReason reason;

    /**
     * Parses a frame.
     *
     * @param receivedAt microseconds since 1970; a frame that is a day ahead is unreadable
     * @return null, or why the frame cannot be used; its stream is set even then if it could be read
     */
    public String parse(
            byte[] bytes,
            int offset,
            int length,
            long receivedAt,
            StreamTable<VenueStream> streams,
            CombinedFrame frame) {
        frame.clear();
        latestMillis = receivedAt / 1_000L + AHEAD_MILLIS;
        named = false;
        dataRead = false;
        reason = FORM;
        try {
            pass(bytes, offset, length, streams, frame);
            if (dataSkipped) {
                pass(bytes, offset, length, streams, frame);
            }
            return finish(frame);
        } catch (JsonProcessingException e) {
            return OneLine.of("the frame is not JSON: " + e.getOriginalMessage());
        } catch (UnreadableDataException e) {
            reason = e.reason();
            return e.getMessage();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Why the last frame could not be read. */
    public UnreadableReason reason() {
        return reason;
    }

    private void pass(byte[] bytes, int offset, int length, StreamTable<VenueStream> streams, CombinedFrame frame)
            throws IOException {
        dataSkipped = false;
        try (JsonParser p = JSON.createParser(bytes, offset, length)) {
            require(p.nextToken() == JsonToken.START_OBJECT, FORM, "the frame is not a JSON object");
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                switch (name) {
                    case "stream" -> {
                        FrameValues.text(value, name);
                        named = true;
                        frame.stream = streams.find(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
                        if (frame.stream == null && p.getText().endsWith(SHUTDOWN)) {
                            frame.kind = CombinedFrame.Kind.SHUTDOWN;
                        }
                    }
                    case "data" -> data(p, value, frame);
                    case "id" -> frame.replyTo = integerOr(p, value, -1);
                    case "error" -> error(p, value, frame);
                    // A refusal may also have its fields at the top.
                    case "msg" -> frame.error = shortText(p, value);
                    case "e" -> {
                        if (SHUTDOWN.equals(shortText(p, value))) {
                            frame.kind = CombinedFrame.Kind.SHUTDOWN;
                        }
                    }
                    default -> p.skipChildren();
                }
            }
            require(p.currentToken() == JsonToken.END_OBJECT, FORM, "the frame ends inside its object");
        }
    }

    private static void error(JsonParser p, JsonToken value, CombinedFrame frame) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        frame.error = "refused without a reason";
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken field = p.nextToken();
            if (name.equals("msg") && field == JsonToken.VALUE_STRING) {
                frame.error = shortText(p, field);
            } else {
                p.skipChildren();
            }
        }
    }

    private String finish(CombinedFrame frame) {
        if (frame.kind == CombinedFrame.Kind.SHUTDOWN) {
            return null;
        }
        if (!named) {
            frame.kind = CombinedFrame.Kind.REPLY;
            return null;
        }
        if (frame.stream == null) {
            frame.kind = CombinedFrame.Kind.UNKNOWN_STREAM;
            return null;
        }
        frame.kind = CombinedFrame.Kind.DATA;
        return dataRead ? null : "data is missing";
    }

    private void data(JsonParser p, JsonToken value, CombinedFrame frame) throws IOException {
        if (!named) {
            dataSkipped = true;
            p.skipChildren();
            return;
        }
        if (frame.stream == null || dataRead) {
            p.skipChildren();
            return;
        }
        require(value == JsonToken.START_OBJECT, FORM, "data is not an object");
        dataRead = true;
        switch (frame.stream.name().kind()) {
            case DEPTH -> depth(p, frame);
            case AGGREGATE_TRADE -> trade(p, frame, "a");
            case TRADE -> trade(p, frame, "t");
            case BOOK_TICKER, TICKER, MARK_PRICE, KLINE, LIQUIDATION -> fields(p, frame);
        }
    }

    private void depth(JsonParser p, CombinedFrame frame) throws IOException {
        boolean bids = false;
        boolean asks = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "E" -> frame.eventMillis = millis(p, value);
                case "T" -> frame.tradeMillis = millis(p, value);
                case "U" -> frame.firstId = integer(p, value, name);
                case "u" -> frame.lastId = integer(p, value, name);
                case "pu" -> frame.previousId = integerOr(p, value, -1);
                case "b" -> {
                    bids = true;
                    levels.read(p, value, frame.bids, frame.unread);
                }
                case "a" -> {
                    asks = true;
                    levels.read(p, value, frame.asks, frame.unread);
                }
                default -> p.skipChildren();
            }
        }
        require(bids && asks, FORM, "b or a is missing");
        require(frame.firstId >= 0 && frame.lastId >= frame.firstId, FORM, "U or u is missing, or u is below U");
        require(frame.timeMicros() > 0, TIME, "T and E are missing, or before 2009, or a day ahead");
    }

    private void trade(JsonParser p, CombinedFrame frame, String idName) throws IOException {
        boolean sided = false;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (name.equals(idName)) {
                frame.id = integer(p, value, name);
                continue;
            }
            switch (name) {
                case "E" -> frame.eventMillis = millis(p, value);
                case "T" -> frame.tradeMillis = millis(p, value);
                case "p" -> {
                    require(
                            decimal(p, value, price) && price.unscaled() > 0,
                            NUMBER,
                            "p is not a decimal > 0 below 10^15 with at most 18 digits");
                    frame.price = price.unscaled();
                    frame.priceScale = price.scale();
                }
                case "q" -> {
                    boolean exact = decimal(p, value, qty);
                    require(
                            (exact || shortened(p, value, qty)) && qty.unscaled() > 0,
                            NUMBER,
                            "q is not a decimal > 0 below 10^15");
                    if (!exact) {
                        frame.unread.shortened();
                    }
                    frame.qty = qty.unscaled();
                    frame.qtyScale = qty.scale();
                }
                case "m" -> {
                    require(FrameValues.isFlag(p, value), FORM, "m is neither true nor false");
                    sided = true;
                    frame.buyerIsMaker = FrameValues.isTrue(p, value);
                }
                default -> p.skipChildren();
            }
        }
        require(
                frame.id >= 0 && frame.price > 0 && frame.qty > 0 && sided && frame.timeMicros() > 0,
                FORM,
                "a trade has no id, price, size, side or time");
    }

    /** Fields of the data, and of the object {@code k} or {@code o} in it, whose fields come last and win. */
    private void fields(JsonParser p, CombinedFrame frame) throws IOException {
        frame.fields.clear();
        String nested =
                switch (frame.stream.name().kind()) {
                    case KLINE -> "k";
                    case LIQUIDATION -> "o";
                    default -> null;
                };
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "E" -> frame.eventMillis = millis(p, value);
                case "k", "o" -> {
                    // Of a ticker, o is a price.
                    if (value == JsonToken.START_OBJECT && name.equals(nested)) {
                        nested(p, frame);
                    } else {
                        field(p, value, name, frame);
                    }
                }
                case "T" -> {
                    // Of a mark price, it is the time of the next funding.
                    if (frame.stream.name().kind() == StreamName.Kind.BOOK_TICKER) {
                        frame.tradeMillis = millis(p, value);
                    }
                    field(p, value, name, frame);
                }
                default -> field(p, value, name, frame);
            }
        }
    }

    private void nested(JsonParser p, CombinedFrame frame) throws IOException {
        frame.fields.clear();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            field(p, value, name, frame);
        }
    }

    private static void field(JsonParser p, JsonToken value, String name, CombinedFrame frame) throws IOException {
        if (value.isScalarValue()) {
            frame.fields.set(name, value == JsonToken.VALUE_NULL ? "" : p.getText());
        } else {
            frame.fields.set(name, value == JsonToken.START_ARRAY ? "[...]" : "{...}");
            p.skipChildren();
        }
    }

    /** A time of the frame, or 0 if it is not one; another of its times may be sufficient. */
    private long millis(JsonParser p, JsonToken value) throws IOException {
        long millis = integerOr(p, value, 0);
        p.skipChildren();
        return FrameValues.validMillis(millis, latestMillis) ? millis : 0;
    }
}
