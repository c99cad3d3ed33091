package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.SilenceLimit;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Detects accepted streams of one connection that send nothing, such as one on the wrong path, which the venue accepts.
 *
 * <p>The silence is reported once ({@code silent}, later {@code heard}), and the stream is subscribed again: at once,
 * then after twice its limit, with waits that double up to an hour.
 */
final class SilentStreams {

    private static final long PACE = 1_000_000_000L;

    private final VenueContext context;
    private final Consumer<VenueStream> again;
    private long checkedAt;

    /** @param again subscribes a stream again */
    SilentStreams(VenueContext context, Consumer<VenueStream> again) {
        this.context = context;
        this.again = again;
        this.checkedAt = context.now();
    }

    void tick(List<VenueStream> streams) {
        if (context.now() - checkedAt < PACE) {
            return;
        }
        checkedAt = context.now();
        for (VenueStream stream : streams) {
            long limit = limit(stream.name()).toNanos();
            if (limit > 0 && stream.isCarried() && stream.expectsData()) {
                check(stream, limit);
            }
        }
    }

    private Duration limit(StreamName name) {
        Timeouts.Silence silence = context.limits().silence();
        return switch (name.kind()) {
            case AGGREGATE_TRADE, TRADE -> silence.trades();
            case DEPTH, BOOK_TICKER, TICKER, MARK_PRICE, KLINE -> silence.book();
            // They are rare.
            case LIQUIDATION -> Duration.ZERO;
        };
    }

    private void check(VenueStream stream, long limit) {
        long now = context.now();
        long since = stream.heardAt();
        SilenceLimit silence = stream.silenceLimit();
        if (silence.heard(stream.lastFrameAt(), now)) {
            context.figures().silentTopics--;
            context.outbox()
                    .status(new TopicHeard(
                            head(stream, null),
                            category(stream),
                            stream.toString(),
                            (since - silence.silentSince()) / 1_000_000L));
        } else if (silence.exceeded(now - since, limit)) {
            silence.report(since, now, limit);
            context.figures().silentTopics++;
            boolean never = !stream.framesSince(stream.acceptedAt());
            context.outbox()
                    .status(new TopicSilent(
                            head(stream, never ? "accepted, but no data received yet" : "no data any more"),
                            category(stream),
                            stream.toString(),
                            never,
                            (now - since) / 1_000_000L));
            subscribeAgain(stream);
        } else if (silence.retry(now)) {
            subscribeAgain(stream);
        }
    }

    private void subscribeAgain(VenueStream stream) {
        context.figures().silenceResubscribes++;
        again.accept(stream);
    }

    /** The subscriptions of these streams have ended. */
    void ended(List<VenueStream> streams) {
        for (VenueStream stream : streams) {
            if (stream.silenceLimit().reported()) {
                context.figures().silentTopics--;
                stream.silenceLimit().forget();
            }
        }
    }

    private static String category(VenueStream stream) {
        return stream.name().instrument().category();
    }

    private Head head(VenueStream stream, String reason) {
        return Head.of(context.connector(), stream.name().instrument().symbol(), Channels.of(stream.name()), reason);
    }
}
