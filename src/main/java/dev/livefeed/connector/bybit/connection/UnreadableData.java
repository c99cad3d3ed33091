package dev.livefeed.connector.bybit.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.ConnectorCounters;
import dev.livefeed.connector.feed.stream.UnreadableStreams;
import dev.livefeed.connector.feed.stream.UnreadableStreams.Sample;
import dev.livefeed.naming.OneLine;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Counts what could not be read of frames, and takes excerpts of it for the log. */
final class UnreadableData {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int EXCERPT = 200;

    private final ConnectorCounters figures;
    private final UnreadableStreams<Topic> topics;

    UnreadableData(FeedContext context, UnreadableStreams<Topic> topics) {
        this.figures = context.figures();
        this.topics = topics;
    }

    /** A frame was read, completely or not, of a topic with unreadable data now or before. */
    void read(ParsedFrame frame, byte[] bytes, int offset, int length) {
        long unread = frame.unread.total();
        if (unread > 0) {
            count(frame);
        }
        figures.shortenedSizes += frame.unread.shortenedSizes();
        boolean list = isList(frame.topic.name().kind());
        long good = list ? goodRows(frame) : goodParts(frame);
        long rows = unread - frame.unread.fields();
        topics.read(
                frame.topic,
                list ? good + rows : 1,
                list ? rows : unread > good ? 1 : 0,
                unread + frame.unread.shortenedSizes(),
                () -> new Sample(frame.unread.summary(), excerpt(bytes, offset, length, frame.unread.row())));
    }

    /** A frame could not be used at all. */
    void lost(Topic topic, UnreadableReason reason, String why, byte[] bytes, int offset, int length) {
        figures.unreadable(reason, 1);
        topics.lost(topic, () -> new Sample(why, excerpt(bytes, offset, length, -1)));
    }

    private void count(ParsedFrame frame) {
        for (UnreadableReason reason : UnreadableReason.values()) {
            if (frame.unread.count(reason) > 0) {
                figures.unreadable(reason, frame.unread.count(reason));
            }
        }
    }

    private static boolean isList(TopicName.Kind kind) {
        return kind != TopicName.Kind.BOOK && kind != TopicName.Kind.TICKER && kind != TopicName.Kind.RPI_BOOK;
    }

    private static long goodRows(ParsedFrame frame) {
        if (frame.data != null) {
            return (frame.data.isArray() ? frame.data.size() : 1) - frame.unread.total() + frame.unread.fields();
        }
        return frame.topic.name().kind() == TopicName.Kind.KLINE ? frame.klines.size() : frame.tradeCount;
    }

    private static long goodParts(ParsedFrame frame) {
        return switch (frame.topic.name().kind()) {
            case BOOK -> frame.bids.size() + frame.asks.size();
            case TICKER -> frame.ticker.count();
            case RPI_BOOK -> frame.data.path("b").size() + frame.data.path("a").size() - frame.unread.total();
            default -> frame.unread.any() ? 0 : 1;
        };
    }

    /** The row of that index in the frame's list, or else the beginning of the frame, as one line. */
    private static String excerpt(byte[] bytes, int offset, int length, int row) {
        int from = 0;
        int to = length;
        if (row >= 0) {
            try (JsonParser p = JSON.createParser(bytes, offset, length)) {
                if (list(p) && at(p, row)) {
                    from = (int) p.currentTokenLocation().getByteOffset();
                    p.skipChildren();
                    to = (int) p.currentLocation().getByteOffset();
                }
            } catch (IOException e) {
                // The frame was read before; if not, its beginning is shown.
                from = 0;
                to = length;
            }
        }
        if (from < 0 || to > length || to <= from) {
            from = 0;
            to = length;
        }
        int shown = Math.min(EXCERPT, to - from);
        String text = OneLine.of(new String(bytes, offset + from, shown, StandardCharsets.UTF_8));
        return shown < to - from ? text + "..." : text;
    }

    /** Moves to the start of the frame's list. */
    private static boolean list(JsonParser p) throws IOException {
        p.nextToken();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = p.currentName().equals("data");
            if (p.nextToken() == JsonToken.START_ARRAY && data) {
                return true;
            }
            p.skipChildren();
        }
        return false;
    }

    private static boolean at(JsonParser p, int row) throws IOException {
        JsonToken token = p.nextToken();
        for (int i = 0; i < row && token != JsonToken.END_ARRAY; i++) {
            p.skipChildren();
            token = p.nextToken();
        }
        return token != JsonToken.END_ARRAY;
    }
}
