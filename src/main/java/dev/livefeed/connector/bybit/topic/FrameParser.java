package dev.livefeed.connector.bybit.topic;

import static dev.livefeed.connector.feed.FrameValues.integerOr;
import static dev.livefeed.connector.feed.FrameValues.isTrue;
import static dev.livefeed.connector.feed.FrameValues.shortText;
import static dev.livefeed.connector.feed.FrameValues.text;
import static dev.livefeed.connector.feed.FrameValues.validMillis;
import static dev.livefeed.protocol.status.Heartbeat.UnreadableReason.FORM;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.feed.UnreadableDataException;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.codec.LineTree;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
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

    /** Slightly less than the limit of one day that the protocol sets for future times. */
    private static final long AHEAD_MILLIS = 86_000_000L;

    // Keys seen in the current object: a duplicate key makes the frame unreadable.
    private static final int TOPIC = 1;
    private static final int TYPE = 1 << 1;
    private static final int TS = 1 << 2;
    private static final int CTS = 1 << 3;
    private static final int DATA = 1 << 4;
    private static final int CS = 1 << 5;

    private final TickerKlineParser further = new TickerKlineParser();
    private final FastBookParser plainBooks = new FastBookParser();
    private final BookDataParser books = new BookDataParser();
    private final TradeDataParser trades = new TradeDataParser();
    private long latestMillis;
    private boolean dataSkipped;
    private boolean dataRead;
    private boolean unknownTopic;
    private UnreadableReason reason;

    /**
     * Parses a frame.
     *
     * @param receivedAt microseconds since 1970; a frame that is a day ahead is unreadable
     * @return null, or why the frame cannot be used; its topic is set even then if it could be read
     */
    public String parse(
            byte[] bytes, int offset, int length, long receivedAt, StreamTable<Topic> topics, ParsedFrame frame) {
        frame.clear();
        if (plainBooks.read(bytes, offset, length, latestMillis(receivedAt), topics, frame)) {
            return null;
        }
        frame.clear();
        return parseJson(bytes, offset, length, receivedAt, topics, frame);
    }

    /** Parses a frame in any JSON form into a cleared {@code frame}; see {@link #parse}. */
    String parseJson(
            byte[] bytes, int offset, int length, long receivedAt, StreamTable<Topic> topics, ParsedFrame frame) {
        latestMillis = latestMillis(receivedAt);
        unknownTopic = false;
        reason = FORM;
        dataRead = false;
        try {
            pass(bytes, offset, length, topics, frame, false);
            if (dataSkipped) {
                pass(bytes, offset, length, topics, frame, true);
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

    /** Why the last frame could not be used. */
    public UnreadableReason reason() {
        return reason;
    }

    private void pass(
            byte[] bytes, int offset, int length, StreamTable<Topic> topics, ParsedFrame frame, boolean topicKnown)
            throws IOException {
        dataSkipped = false;
        int seen = 0;
        try (JsonParser p = JSON.createParser(bytes, offset, length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableDataException(FORM, "the frame is not a JSON object");
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
                        frame.otherTopic = unknownTopic ? shortText(p, value) : null;
                    }
                    case "type" -> {
                        seen = mark(seen, TYPE, name);
                        frame.type = type(p, value);
                    }
                    case "ts" -> {
                        seen = mark(seen, TS, name);
                        frame.ts = time(p, value);
                    }
                    case "cts" -> {
                        seen = mark(seen, CTS, name);
                        frame.cts = time(p, value);
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
                        frame.seq = integerOr(p, value, -1);
                        p.skipChildren();
                    }
                    case "op" -> frame.op = shortText(p, value);
                    case "ret_msg" -> frame.retMsg = shortText(p, value);
                    case "req_id" -> frame.reqId = shortText(p, value);
                    case "success" -> frame.success = isTrue(p, value);
                    default -> p.skipChildren();
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT) {
                throw new UnreadableDataException(FORM, "the frame ends inside its object");
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
                return "type is " + shown(frame.type) + ", must be snapshot or delta";
            }
        }
        if (kind != TopicName.Kind.TRADES && frame.timeMicros() <= 0) {
            return "ts and cts are missing, or before 2009, or a day ahead";
        }
        return null;
    }

    private void data(JsonParser p, JsonToken value, ParsedFrame frame) throws IOException {
        dataRead = true;
        switch (frame.topic.name().kind()) {
            case BOOK -> books.book(p, value, frame);
            case TRADES -> trades.trades(p, value, frame, latestMillis, true);
            case TICKER -> further.ticker(p, value, frame, latestMillis);
            case KLINE -> further.klines(p, value, frame, latestMillis);
            case LIQUIDATIONS -> trades.trades(p, value, frame, latestMillis, false);
            case RPI_BOOK, PRICE_LIMIT, ADL, INSURANCE, SYSTEM -> frame.data = DataTree.read(p);
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
        if (first == 'd' && LineTree.isText(p, "delta")) {
            return "delta";
        }
        if (first == 's' && LineTree.isText(p, "snapshot")) {
            return "snapshot";
        }
        return shortText(p, value);
    }

    private static String shown(String text) {
        return text == null ? "missing" : OneLine.of(text.length() <= 60 ? text : text.substring(0, 60) + "...");
    }

    /** A time of the frame, or 0 if it is not one; another of its times may be sufficient. */
    private long time(JsonParser p, JsonToken value) throws IOException {
        long millis = integerOr(p, value, 0);
        p.skipChildren();
        return validMillis(millis, latestMillis) ? millis : 0;
    }

    private static long latestMillis(long receivedAt) {
        return receivedAt / 1_000L + AHEAD_MILLIS;
    }

    static int mark(int seen, int key, String name) throws UnreadableDataException {
        if ((seen & key) != 0) {
            throw new UnreadableDataException(FORM, name + " occurs twice in the frame");
        }
        return seen | key;
    }
}
