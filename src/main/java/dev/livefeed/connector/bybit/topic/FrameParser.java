package dev.livefeed.connector.bybit.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.protocol.codec.DecimalParser;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.Side;
import java.io.IOException;
import java.util.List;

/**
 * Parses the venue's frames from their bytes in one pass, without a tree and without a string per number.
 *
 * <p>The order of the keys differs between topics and is ignored; if {@code data} comes before {@code topic}, the frame
 * is parsed a second time. Not thread-safe.
 */
public final class FrameParser {

    private static final JsonFactory JSON = new JsonFactory();

    static final long EARLIEST_MILLIS = 1_230_768_000_000L;
    /** Slightly less than the limit of one day that the protocol sets for future times. */
    private static final long AHEAD_MILLIS = 86_000_000L;

    // Keys seen in the current object: a duplicate key makes the frame unreadable.
    private static final int TOPIC = 1;
    private static final int TYPE = 1 << 1;
    private static final int TS = 1 << 2;
    private static final int CTS = 1 << 3;
    private static final int DATA = 1 << 4;
    private static final int BIDS = 1 << 5;
    private static final int ASKS = 1 << 6;
    private static final int UPDATE_ID = 1 << 7;
    private static final int SEQ = 1 << 8;
    private static final int CS = 1 << 9;

    private final TickerKlineParser further = new TickerKlineParser();
    private final FastBookParser plainBooks = new FastBookParser();
    private final DecimalParser price = new DecimalParser();
    private final DecimalParser qty = new DecimalParser();
    private long latestMillis;
    private boolean dataSkipped;
    private boolean dataRead;
    private boolean unknownTopic;

    /**
     * Parses a frame.
     *
     * @param receivedAt microseconds since 1970; a frame that is a day ahead is unreadable
     * @return null, or why the frame cannot be used; its topic is set even then if it could be read
     */
    public String parse(byte[] bytes, int offset, int length, long receivedAt, TopicTable topics, ParsedFrame frame) {
        frame.clear();
        if (plainBooks.read(bytes, offset, length, latestMillis(receivedAt), topics, frame)) {
            return null;
        }
        frame.clear();
        return parseJson(bytes, offset, length, receivedAt, topics, frame);
    }

    /** Parses a frame in any JSON form into a cleared {@code frame}; see {@link #parse}. */
    String parseJson(byte[] bytes, int offset, int length, long receivedAt, TopicTable topics, ParsedFrame frame) {
        latestMillis = latestMillis(receivedAt);
        unknownTopic = false;
        dataRead = false;
        try {
            pass(bytes, offset, length, topics, frame, false);
            if (dataSkipped) {
                pass(bytes, offset, length, topics, frame, true);
            }
            return finish(frame);
        } catch (JsonProcessingException e) {
            return "the frame is not JSON: " + e.getOriginalMessage();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private void pass(byte[] bytes, int offset, int length, TopicTable topics, ParsedFrame frame, boolean topicKnown)
            throws IOException {
        dataSkipped = false;
        int seen = 0;
        try (JsonParser p = JSON.createParser(bytes, offset, length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableFrameException("the frame is not a JSON object");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                JsonToken value = p.nextToken();
                switch (name) {
                    case "topic" -> {
                        seen = mark(seen, TOPIC, name);
                        text(value, name);
                        frame.topic = topics.find(p.getTextCharacters(), p.getTextOffset(), p.getTextLength());
                        unknownTopic = frame.topic == null;
                    }
                    case "type" -> {
                        seen = mark(seen, TYPE, name);
                        frame.type = type(p, value);
                    }
                    case "ts" -> {
                        seen = mark(seen, TS, name);
                        frame.ts = millis(p, value, name);
                    }
                    case "cts" -> {
                        seen = mark(seen, CTS, name);
                        frame.cts = millis(p, value, name);
                    }
                    case "data" -> {
                        seen = mark(seen, DATA, name);
                        if (unknownTopic || dataRead) {
                            p.skipChildren();
                        } else if (frame.topic != null) {
                            data(p, value, frame);
                        } else if (topicKnown) {
                            controlData(p, value, frame);
                        } else {
                            dataSkipped = true;
                            p.skipChildren();
                        }
                    }
                    case "cs" -> {
                        seen = mark(seen, CS, name);
                        frame.seq = integer(p, value, name);
                    }
                    case "op" -> frame.op = shortText(p, value);
                    case "ret_msg" -> frame.retMsg = shortText(p, value);
                    case "req_id" -> frame.reqId = shortText(p, value);
                    case "success" -> frame.success = value == JsonToken.VALUE_TRUE;
                    default -> p.skipChildren();
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT) {
                throw new UnreadableFrameException("the frame ends inside its object");
            }
        }
    }

    private String finish(ParsedFrame frame) {
        if (unknownTopic) {
            frame.kind = ParsedFrame.Kind.UNKNOWN_TOPIC;
            return null;
        }
        if (frame.topic == null) {
            frame.kind = ParsedFrame.Kind.CONTROL;
            return null;
        }
        frame.kind = ParsedFrame.Kind.DATA;
        if (!dataRead) {
            return "data is missing";
        }
        TopicName.Kind kind = frame.topic.name().kind();
        if (kind == TopicName.Kind.BOOK || kind == TopicName.Kind.TICKER) {
            frame.snapshot = "snapshot".equals(frame.type);
            if (!frame.snapshot && !"delta".equals(frame.type)) {
                return "type is " + frame.type + ", must be snapshot or delta";
            }
        }
        if (kind != TopicName.Kind.TRADES && frame.timeMicros() <= 0) {
            return "ts and cts are missing";
        }
        return null;
    }

    private void data(JsonParser p, JsonToken value, ParsedFrame frame) throws IOException {
        dataRead = true;
        switch (frame.topic.name().kind()) {
            case BOOK -> book(p, value, frame);
            case TRADES -> trades(p, value, frame);
            case TICKER -> further.ticker(p, value, frame, latestMillis);
            case KLINE -> further.klines(p, value, frame, latestMillis);
            case LIQUIDATIONS -> liquidations(p, value, frame);
            case RPI_BOOK, PRICE_LIMIT, ADL, INSURANCE, SYSTEM -> frame.data = DataTree.read(p);
        }
    }

    private void book(JsonParser p, JsonToken start, ParsedFrame frame) throws IOException {
        require(start == JsonToken.START_OBJECT, "data is not an object");
        int seen = 0;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            switch (name) {
                case "b" -> {
                    seen = mark(seen, BIDS, name);
                    levels(p, value, frame.bids);
                }
                case "a" -> {
                    seen = mark(seen, ASKS, name);
                    levels(p, value, frame.asks);
                }
                case "u" -> {
                    seen = mark(seen, UPDATE_ID, name);
                    frame.updateId = integer(p, value, name);
                }
                case "seq" -> {
                    seen = mark(seen, SEQ, name);
                    frame.seq = integer(p, value, name);
                }
                default -> p.skipChildren();
            }
        }
        int needed = BIDS | ASKS | UPDATE_ID;
        require((seen & needed) == needed, "b, a or u is missing");
    }

    private void levels(JsonParser p, JsonToken start, Levels.Builder into) throws IOException {
        require(start == JsonToken.START_ARRAY, "a side of the book is not a list");
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            require(token == JsonToken.START_ARRAY, "a level is not a list");
            decimal(p, price);
            decimal(p, qty);
            require(p.nextToken() == JsonToken.END_ARRAY, "a level has more than price and size");
            require(price.unscaled() > 0 && qty.unscaled() >= 0, "a level has a price <= 0 or a size < 0");
            require(
                    into.add(price.unscaled(), price.scale(), qty.unscaled(), qty.scale()),
                    "the levels have no common scale within 18 digits");
        }
    }

    private void trades(JsonParser p, JsonToken start, ParsedFrame frame) throws IOException {
        require(start == JsonToken.START_ARRAY, "data is not a list");
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            require(token == JsonToken.START_OBJECT, "a trade is not an object");
            TradeRow row = frame.addTrade();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                trade(p, p.currentName(), p.nextToken(), row);
            }
            require(
                    row.timeMillis > 0 && row.price > 0 && row.qty > 0 && row.side != null && row.id != null,
                    "a trade has no time, price, size, side or id");
        }
    }

    /** They have the fields of a trade except the id. */
    private void liquidations(JsonParser p, JsonToken start, ParsedFrame frame) throws IOException {
        require(start == JsonToken.START_ARRAY, "data is not a list");
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            require(token == JsonToken.START_OBJECT, "a liquidation is not an object");
            TradeRow row = frame.addTrade();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                trade(p, p.currentName(), p.nextToken(), row);
            }
            require(
                    row.timeMillis > 0 && row.price > 0 && row.qty > 0 && row.side != null,
                    "a liquidation has no time, price, size or side");
        }
    }

    private void trade(JsonParser p, String name, JsonToken value, TradeRow row) throws IOException {
        switch (name) {
            case "T" -> row.timeMillis = millis(p, value, name);
            case "p" -> {
                decimal(p, value, price);
                row.price = price.unscaled();
                row.priceScale = price.scale();
            }
            case "v" -> {
                decimal(p, value, qty);
                row.qty = qty.unscaled();
                row.qtyScale = qty.scale();
            }
            case "S" -> row.side = side(p, value);
            case "i" -> {
                text(value, name);
                int length = p.getTextLength();
                require(length > 0 && length <= 128, "the id of a trade is empty or longer than 128 characters");
                row.id = p.getText();
            }
            case "s" -> row.symbol = shortText(p, value);
            case "BT" -> row.blockTrade = value == JsonToken.VALUE_TRUE;
            case "RPI" -> row.rpi = value == JsonToken.VALUE_TRUE;
            case "seq" -> row.seq = integer(p, value, name);
            default -> p.skipChildren();
        }
    }

    /** The reply for options: the accepted and the refused topics. */
    private void controlData(JsonParser p, JsonToken start, ParsedFrame frame) throws IOException {
        dataRead = true;
        if (start != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (value == JsonToken.START_ARRAY && name.equals("successTopics")) {
                texts(p, frame.successTopics);
            } else if (value == JsonToken.START_ARRAY && name.equals("failTopics")) {
                texts(p, frame.failTopics);
            } else {
                p.skipChildren();
            }
        }
    }

    private static void texts(JsonParser p, List<String> into) throws IOException {
        JsonToken token;
        while ((token = p.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.VALUE_STRING) {
                into.add(p.getText());
            } else {
                p.skipChildren();
            }
        }
    }

    private static String type(JsonParser p, JsonToken value) throws IOException {
        text(value, "type");
        // Avoids creating a string for the two usual texts.
        char first = p.getTextLength() == 0 ? ' ' : p.getTextCharacters()[p.getTextOffset()];
        if (first == 'd' && same(p, "delta")) {
            return "delta";
        }
        if (first == 's' && same(p, "snapshot")) {
            return "snapshot";
        }
        return shortText(p, value);
    }

    private static Side side(JsonParser p, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            if (same(p, "Buy")) {
                return Side.BUY;
            }
            if (same(p, "Sell")) {
                return Side.SELL;
            }
        }
        throw new UnreadableFrameException("a side is neither Buy nor Sell");
    }

    private static boolean same(JsonParser p, String text) throws IOException {
        int length = p.getTextLength();
        if (length != text.length()) {
            return false;
        }
        char[] chars = p.getTextCharacters();
        int offset = p.getTextOffset();
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void decimal(JsonParser p, DecimalParser into) throws IOException {
        decimal(p, p.nextToken(), into);
    }

    private static void decimal(JsonParser p, JsonToken value, DecimalParser into) throws IOException {
        boolean number = value == JsonToken.VALUE_STRING
                || value == JsonToken.VALUE_NUMBER_INT
                || value == JsonToken.VALUE_NUMBER_FLOAT;
        require(
                number && into.parse(p.getTextCharacters(), p.getTextOffset(), p.getTextLength()),
                "a price or size is not a decimal below 10^15 with at most 18 digits");
    }

    static long integer(JsonParser p, JsonToken value, String name) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || p.getTextLength() > 18 || p.getLongValue() < 0) {
            throw new UnreadableFrameException(name + " is not a whole number >= 0 of at most 18 digits");
        }
        return p.getLongValue();
    }

    private long millis(JsonParser p, JsonToken value, String name) throws IOException {
        long millis = integer(p, value, name);
        require(validMillis(millis, latestMillis), "a time is before 2009 or a day ahead");
        return millis;
    }

    private static long latestMillis(long receivedAt) {
        return receivedAt / 1_000L + AHEAD_MILLIS;
    }

    /** Whether milliseconds since 1970 are within the limits for frames. */
    static boolean validMillis(long millis, long latestMillis) {
        return millis >= EARLIEST_MILLIS && millis < latestMillis;
    }

    /** The text, shortened if it is long; null if the value is not a text. */
    private static String shortText(JsonParser p, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_STRING) {
            p.skipChildren();
            return null;
        }
        String text = p.getText();
        return text.length() <= 4_096 ? text : text.substring(0, 4_096);
    }

    private static void text(JsonToken value, String name) throws UnreadableFrameException {
        if (value != JsonToken.VALUE_STRING) {
            throw new UnreadableFrameException(name + " is not a text");
        }
    }

    private static int mark(int seen, int key, String name) throws UnreadableFrameException {
        if ((seen & key) != 0) {
            throw new UnreadableFrameException(name + " occurs twice in the frame");
        }
        return seen | key;
    }

    static void require(boolean rule, String otherwise) throws UnreadableFrameException {
        if (!rule) {
            throw new UnreadableFrameException(otherwise);
        }
    }

    /** Thrown when a frame cannot be used; the message says why. */
    private static final class UnreadableFrameException extends IOException {

        private static final long serialVersionUID = 1L;

        UnreadableFrameException(String message) {
            super(message);
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
