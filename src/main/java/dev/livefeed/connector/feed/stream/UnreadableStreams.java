package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.ReadingRate;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the first cause of unreadable frames of each stream with a sample, at most once a minute, and reports a stream
 * of which most frames cannot be read ({@code unreadable}).
 */
final class UnreadableStreams {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableStreams.class);
    private static final long PACE = 1_000_000_000L;

    private final VenueContext context;
    private final ReadingRate unknown;
    private String lastCause;
    private String lastSample;
    private long checkedAt;

    UnreadableStreams(VenueContext context) {
        this.context = context;
        this.unknown = new ReadingRate(context.now());
        this.checkedAt = context.now();
    }

    /** A frame of a stream with unreadable frames before was read. */
    void read(VenueStream stream) {
        stream.reading().count(1, 0, context.now());
        report(stream, context.now());
    }

    /** @param stream null if it is not known */
    void lost(VenueStream stream, String why, String sample) {
        long now = context.now();
        if (stream != null && stream.reading() == null) {
            stream.reading(new ReadingRate(now));
        }
        ReadingRate rate = stream == null ? unknown : stream.reading();
        rate.count(1, 1, now);
        lastCause = why;
        lastSample = sample.replaceAll("\\p{Cntrl}", "?");
        long due = rate.warn(1, now);
        if (due > 0) {
            LOG.warn(
                    "data_unreadable topic={} count={} reason=\"{}\" excerpt=\"{}\"",
                    stream == null ? "unknown" : stream,
                    due,
                    why,
                    lastSample);
        }
        if (stream != null) {
            report(stream, now);
        }
    }

    private void report(VenueStream stream, long now) {
        ReadingRate rate = stream.reading();
        if (rate.changed(now)) {
            status(stream, rate, rate.mostlyUnreadable() ? lastCause : null, !rate.mostlyUnreadable());
        }
    }

    private void status(VenueStream stream, ReadingRate rate, String reason, boolean over) {
        context.outbox()
                .status(new TopicUnreadable(
                        Head.of(
                                context.connector(),
                                stream.name().instrument().symbol(),
                                Channels.of(stream.name()),
                                reason),
                        stream.name().instrument().category(),
                        stream.toString(),
                        rate.windowRows(),
                        rate.windowUnread(),
                        over ? null : lastSample,
                        over));
    }

    void tick(List<VenueStream> streams) {
        long now = context.now();
        if (now - checkedAt < PACE) {
            return;
        }
        checkedAt = now;
        for (VenueStream stream : streams) {
            if (stream.reading() != null) {
                report(stream, now);
                if (stream.reading().calm(now)) {
                    stream.reading(null);
                }
            }
        }
    }

    /** The stream is no longer subscribed. */
    void ended(VenueStream stream) {
        ReadingRate rate = stream.reading();
        stream.reading(null);
        if (rate != null && rate.mostlyUnreadable()) {
            status(stream, rate, "it is not subscribed any more", true);
        }
    }
}
