package dev.livefeed.connector.bybit.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.ReadingRate;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what cannot be read on one connection, logs each topic's first cause with an excerpt at most once a minute,
 * and reports a topic of which most cannot be read ({@code unreadable}).
 */
final class UnreadableData {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableData.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int EXCERPT = 200;
    private static final long PACE = 1_000_000_000L;

    private final FeedContext context;

    /** For frames whose topic is not known. */
    private final ReadingRate unknown;

    private String lastCause;
    private String lastExcerpt;
    private long checkedAt;

    UnreadableData(FeedContext context) {
        this.context = context;
        this.unknown = new ReadingRate(context.now());
        this.checkedAt = context.now();
    }

    /** A frame was read, completely or not, of a topic with unreadable data now or before. */
    void read(ParsedFrame frame, byte[] bytes, int offset, int length) {
        Topic topic = frame.topic;
        long now = context.now();
        long unread = frame.unread.total();
        if (unread > 0) {
            count(frame);
        }
        context.figures().shortenedSizes += frame.unread.shortenedSizes();
        long noted = unread + frame.unread.shortenedSizes();
        if (noted == 0 && topic.reading() == null) {
            return;
        }
        ReadingRate rate = rate(topic, now);
        boolean list = isList(topic.name().kind());
        long good = list ? goodRows(frame) : goodParts(frame);
        long rows = unread - frame.unread.fields();
        rate.count(list ? good + rows : 1, list ? rows : unread > good ? 1 : 0, now);
        long due = rate.warn(noted, now);
        if (due > 0) {
            String cause = unread > 0
                    ? frame.unread.cause()
                    : "a size has more than 18 digits; those after the 18th are left out";
            warn(topic.toString(), due, cause, excerpt(bytes, offset, length, frame.unread.row()));
        }
        report(topic, rate, now);
    }

    /** A frame could not be used at all. */
    void lost(Topic topic, String why, byte[] bytes, int offset, int length) {
        long now = context.now();
        context.figures().unreadable(UnreadableReason.FORM, 1);
        ReadingRate rate = topic == null ? unknown : rate(topic, now);
        if (topic != null) {
            rate.count(1, 1, now);
        }
        long due = rate.warn(1, now);
        if (due > 0) {
            String of = topic == null ? "unknown" : topic.toString();
            warn(of, due, why, excerpt(bytes, offset, length, -1));
        }
        if (topic != null) {
            report(topic, rate, now);
        }
    }

    private void count(ParsedFrame frame) {
        for (UnreadableReason reason : UnreadableReason.values()) {
            if (frame.unread.count(reason) > 0) {
                context.figures().unreadable(reason, frame.unread.count(reason));
            }
        }
    }

    private ReadingRate rate(Topic topic, long now) {
        if (topic.reading() == null) {
            topic.reading(new ReadingRate(now));
        }
        return topic.reading();
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

    private void warn(String of, long count, String cause, String excerpt) {
        lastCause = cause;
        lastExcerpt = excerpt;
        LOG.warn(
                "data_unreadable topic={} count={} reason=\"{}\" excerpt=\"{}\": the rest is used",
                of,
                count,
                cause,
                excerpt);
    }

    private void report(Topic topic, ReadingRate rate, long now) {
        if (rate.changed(now)) {
            status(topic, rate, rate.mostlyUnreadable() ? lastCause : null, !rate.mostlyUnreadable());
        }
    }

    private void status(Topic topic, ReadingRate rate, String reason, boolean over) {
        TopicName name = topic.name();
        context.outbox()
                .status(new TopicUnreadable(
                        Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason),
                        name.category().text(),
                        name.text(),
                        rate.windowRows(),
                        rate.windowUnread(),
                        over ? null : lastExcerpt,
                        over));
    }

    void tick(Iterable<Topic> topics) {
        long now = context.now();
        if (now - checkedAt < PACE) {
            return;
        }
        checkedAt = now;
        for (Topic topic : topics) {
            ReadingRate rate = topic.reading();
            if (rate != null) {
                report(topic, rate, now);
                if (rate.calm(now)) {
                    topic.reading(null);
                }
            }
        }
    }

    /** The topic is no longer subscribed. */
    void ended(Topic topic) {
        ReadingRate rate = topic.reading();
        topic.reading(null);
        if (rate != null && rate.mostlyUnreadable()) {
            status(topic, rate, "it is not subscribed any more", true);
        }
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
        String text = new String(bytes, offset + from, shown, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
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
