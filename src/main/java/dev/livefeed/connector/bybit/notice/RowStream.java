package dev.livefeed.connector.bybit.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.DataRow;
import dev.livefeed.connector.bybit.topic.ParsedFrame;
import dev.livefeed.connector.bybit.topic.RowFaultException;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicStream;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the frames of a topic row by row: a row, or an optional field, that cannot be used costs only itself. */
abstract class RowStream implements TopicStream {

    private static final Logger LOG = LoggerFactory.getLogger(RowStream.class);
    private static final long WARN_PACE = 60_000_000_000L;

    final Topic topic;
    final FeedContext context;
    private long warnedAt;

    /**
     * What the rows of a frame have in common.
     *
     * @param micros exchange time, microseconds since 1970
     */
    record FrameTimes(long micros, long receivedAt, boolean synthetic) {}

    RowStream(Topic topic, FeedContext context) {
        this.topic = topic;
        this.context = context;
        this.warnedAt = context.now() - WARN_PACE;
    }

    abstract void row(DataRow row, FrameTimes times) throws RowFaultException;

    @Override
    public void frame(ParsedFrame frame, long receivedAt, boolean synthetic) {
        FrameTimes times = new FrameTimes(frame.timeMicros(), receivedAt, synthetic);
        Iterable<JsonNode> rows = frame.data.isArray() ? frame.data : List.of(frame.data);
        int index = 0;
        for (JsonNode row : rows) {
            int at = frame.data.isArray() ? index : -1;
            try {
                row(new DataRow(row, why -> frame.unread.addField(UnreadableReason.FORM, why, at)), times);
            } catch (RowFaultException e) {
                frame.unread.add(UnreadableReason.FORM, e.getMessage(), at);
            }
            index++;
        }
    }

    /** Handles the rows of a response. */
    final void rows(Iterable<JsonNode> data, FrameTimes times) {
        for (JsonNode row : data) {
            try {
                row(new DataRow(row, why -> unreadable(row, why)), times);
            } catch (RowFaultException e) {
                unreadable(row, e.getMessage());
            }
        }
    }

    private void unreadable(JsonNode row, String why) {
        context.figures().unreadable(UnreadableReason.FORM, 1);
        if (context.now() - warnedAt >= WARN_PACE) {
            warnedAt = context.now();
            LOG.warn(
                    "row_unreadable topic={} reason=\"{}\" excerpt=\"{}\": the others are used",
                    topic,
                    why,
                    DataRow.excerpt(row));
        }
    }

    /** The next frame has the current figures. */
    @Override
    public void unreadable(String why) {}

    @Override
    public void requested() {}

    @Override
    public void active() {}

    @Override
    public void ended() {}

    @Override
    public void tick() {}
}
