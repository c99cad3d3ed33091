package dev.livefeed.connector.bybit.topic;

import dev.livefeed.connector.feed.FrameValues;
import dev.livefeed.connector.feed.stream.StreamTable;
import dev.livefeed.protocol.codec.LineCursor;
import dev.livefeed.protocol.model.Levels;
import java.nio.charset.StandardCharsets;

/**
 * Parses the venue's usual form of book deltas, the majority of all frames, several times as fast as a JSON parser
 * does.
 *
 * <p>A frame that deviates from that form by a single byte, or violates a rule, is left to {@link FrameParser}, which
 * accepts any JSON and reports errors. Not thread-safe.
 */
final class FastBookParser {

    private static final byte[] TOPIC = ascii("{\"topic\":\"");
    private static final byte[] DELTA = ascii(",\"type\":\"delta\"");
    private static final byte[] SNAPSHOT = ascii(",\"type\":\"snapshot\"");
    private static final byte[] TS = ascii(",\"ts\":");
    private static final byte[] DATA = ascii(",\"data\":{\"s\":\"");
    private static final byte[] BIDS = ascii(",\"b\":[");
    private static final byte[] ASKS = ascii(",\"a\":[");
    private static final byte[] UPDATE_ID = ascii(",\"u\":");
    private static final byte[] SEQ = ascii(",\"seq\":");
    private static final byte[] CTS = ascii("},\"cts\":");
    private static final byte[] LEVEL = ascii("[\"");
    private static final byte[] BETWEEN = ascii("\",\"");
    private static final byte[] LEVEL_END = ascii("\"]");

    private final LineCursor cursor = new LineCursor();
    private long latestMillis;

    /**
     * Returns whether the frame could be parsed; if not, the content of {@code frame} is undefined.
     *
     * @param latest upper limit of its times, milliseconds since 1970
     */
    boolean read(byte[] bytes, int offset, int length, long latest, StreamTable<Topic> topics, ParsedFrame frame) {
        latestMillis = latest;
        cursor.reset(bytes, offset, length);
        if (!cursor.skip(TOPIC) || !cursor.string()) {
            return false;
        }
        Topic topic = topics.find(bytes, cursor.textOffset(), cursor.textLength());
        if (topic == null || topic.name().kind() != TopicName.Kind.BOOK) {
            return false;
        }
        frame.topic = topic;
        frame.kind = ParsedFrame.Kind.DATA;
        return head(frame) && data(frame) && tail(frame);
    }

    /** Type and time, in either order, which differs between topics. */
    private boolean head(ParsedFrame frame) {
        if (cursor.skip(TS)) {
            return ts(frame) && type(frame);
        }
        return type(frame) && cursor.skip(TS) && ts(frame);
    }

    private boolean type(ParsedFrame frame) {
        frame.snapshot = false;
        if (cursor.skip(DELTA)) {
            frame.type = "delta";
            return true;
        }
        frame.snapshot = cursor.skip(SNAPSHOT);
        frame.type = "snapshot";
        return frame.snapshot;
    }

    private boolean ts(ParsedFrame frame) {
        frame.ts = millis();
        return frame.ts > 0;
    }

    private boolean data(ParsedFrame frame) {
        if (!cursor.skip(DATA)
                || !cursor.string()
                || !cursor.textIs(frame.topic.name().symbol())
                || !cursor.skip(BIDS)
                || !levels(frame.bids)
                || !cursor.skip(ASKS)
                || !levels(frame.asks)
                || !cursor.skip(UPDATE_ID)
                || !cursor.whole()) {
            return false;
        }
        frame.updateId = cursor.unscaled();
        if (!cursor.skip(SEQ) || !cursor.whole()) {
            return false;
        }
        frame.seq = cursor.unscaled();
        return true;
    }

    private boolean tail(ParsedFrame frame) {
        if (!cursor.skip(CTS)) {
            return false;
        }
        frame.cts = millis();
        return frame.cts > 0 && cursor.skip('}') && cursor.end();
    }

    private long millis() {
        return cursor.whole() && FrameValues.validMillis(cursor.unscaled(), latestMillis) ? cursor.unscaled() : -1;
    }

    private boolean levels(Levels.Builder into) {
        if (cursor.skip(']')) {
            return true;
        }
        do {
            if (!cursor.skip(LEVEL) || !cursor.decimal() || cursor.unscaled() == 0) {
                return false;
            }
            long price = cursor.unscaled();
            int priceScale = cursor.scale();
            if (!cursor.skip(BETWEEN)
                    || !cursor.decimal()
                    || !cursor.skip(LEVEL_END)
                    || !into.add(price, priceScale, cursor.unscaled(), cursor.scale())) {
                return false;
            }
        } while (cursor.skip(','));
        return cursor.skip(']');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
