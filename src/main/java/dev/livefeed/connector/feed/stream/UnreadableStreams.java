package dev.livefeed.connector.feed.stream;

import dev.livefeed.connector.feed.ReadingRate;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicUnreadable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the first cause of unreadable data of each stream of one connection with an excerpt, at most once a minute, and
 * reports a stream of which most cannot be read ({@code unreadable}).
 */
public final class UnreadableStreams<S extends MarketStream> {

    private static final Logger LOG = LoggerFactory.getLogger(UnreadableStreams.class);
    private static final long PACE = 1_000_000_000L;

    private final VenueContext context;

    /** For frames whose stream is not known. */
    private final ReadingRate unknown;

    private Sample last = new Sample(null, null);
    private long checkedAt;

    /**
     * What could not be read.
     *
     * @param cause why
     * @param excerpt of the frame, one line
     */
    public record Sample(String cause, String excerpt) {}

    public UnreadableStreams(VenueContext context) {
        this.context = context;
        this.unknown = new ReadingRate(context.now());
        this.checkedAt = context.now();
    }

    /**
     * A frame of the stream was read, completely or not.
     *
     * @param rows number of its rows, or 1 if it counts as a whole
     * @param unread number of those that could not be read
     * @param noted number of its parts that the log must mention; 0 if there is nothing to mention
     * @param sample made only if it is needed, during this call
     */
    public void read(S stream, long rows, long unread, long noted, Supplier<Sample> sample) {
        if (noted == 0 && stream.reading() == null) {
            return;
        }
        long now = context.now();
        ReadingRate rate = rate(stream, now);
        rate.count(rows, unread, now);
        Supplier<Sample> noteworthy = noted > 0 ? sample : null;
        warn(stream.text(), rate.warn(noted, now), noteworthy);
        report(stream, rate, noteworthy, now);
    }

    /**
     * A frame could not be used at all.
     *
     * @param stream null if it is not known
     */
    public void lost(S stream, Supplier<Sample> sample) {
        long now = context.now();
        if (stream == null) {
            warn("unknown", unknown.warn(1, now), sample);
        } else {
            read(stream, 1, 1, 1, sample);
        }
    }

    private ReadingRate rate(S stream, long now) {
        if (stream.reading() == null) {
            stream.reading(new ReadingRate(now));
        }
        return stream.reading();
    }

    /** @param sample of this frame; null if all of it was read, so that the line is about earlier frames */
    private void warn(String stream, long due, Supplier<Sample> sample) {
        if (due > 0) {
            last = sample == null ? last : sample.get();
            LOG.warn(
                    "data_unreadable topic={} count={} reason=\"{}\" excerpt=\"{}\": the rest is used",
                    stream,
                    due,
                    last.cause(),
                    last.excerpt());
        }
    }

    /** @param sample of this frame; null if all of it was read */
    private void report(S stream, ReadingRate rate, Supplier<Sample> sample, long now) {
        if (!rate.changed(now)) {
            return;
        }
        boolean most = rate.mostlyUnreadable();
        if (most && sample != null) {
            last = sample.get();
        }
        status(stream, rate, most ? last.cause() : null, !most);
    }

    private void status(S stream, ReadingRate rate, String reason, boolean over) {
        context.outbox()
                .status(new TopicUnreadable(
                        Head.of(context.connector(), stream.instrument().symbol(), stream.channel(), reason),
                        stream.instrument().category(),
                        stream.text(),
                        rate.windowRows(),
                        rate.windowUnread(),
                        over ? null : last.excerpt(),
                        over));
    }

    /** Called at a regular interval. */
    public void tick(Iterable<S> streams) {
        long now = context.now();
        if (now - checkedAt < PACE) {
            return;
        }
        checkedAt = now;
        for (S stream : streams) {
            ReadingRate rate = stream.reading();
            if (rate != null) {
                report(stream, rate, null, now);
                if (rate.calm(now)) {
                    stream.reading(null);
                }
            }
        }
    }

    /** The stream is no longer subscribed. */
    public void ended(S stream) {
        ReadingRate rate = stream.reading();
        stream.reading(null);
        if (rate != null && rate.mostlyUnreadable()) {
            status(stream, rate, "it is not subscribed any more", true);
        }
    }
}
