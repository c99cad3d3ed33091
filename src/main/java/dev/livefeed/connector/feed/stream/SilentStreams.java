package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.SilenceLimit;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import java.time.Duration;
import java.util.List;

/**
 * Detects accepted topics of one connection that send nothing. A retired topic cannot be distinguished from a quiet
 * market.
 *
 * <p>The silence is reported once ({@code silent}, later {@code heard}), and the topic is subscribed again: at once,
 * then after twice its limit, with waits that double up to an hour. Other topics are not affected, and trades of the
 * meantime are fetched.
 */
final class SilentTopics {

    private static final long PACE = 1_000_000_000L;

    private final FeedContext context;
    private long checkedAt;

    SilentTopics(FeedContext context) {
        this.context = context;
        this.checkedAt = context.now();
    }

    void tick(Iterable<Topic> topics) {
        if (context.now() - checkedAt < PACE) {
            return;
        }
        checkedAt = context.now();
        for (Topic topic : topics) {
            long limit = limit(topic.name()).toNanos();
            if (limit > 0
                    && topic.wire() == Wire.ACTIVE
                    && topic.wanted()
                    && topic.expectsData()
                    && !topic.resubscribe()) {
                check(topic, limit);
            }
        }
    }

    /** Maximum silence of a topic; zero: no limit. */
    private Duration limit(TopicName topic) {
        Timeouts.Silence silence = context.settings().limits().silence();
        return switch (topic.kind()) {
            // The best price is repeated every 3 s.
            case BOOK -> topic.depth() == 1 ? silence.top() : silence.book();
            case TICKER, KLINE, RPI_BOOK, PRICE_LIMIT -> silence.book();
            case TRADES -> silence.trades();
            // They are rare, and subscribing again would miss some.
            case LIQUIDATIONS, ADL, INSURANCE, SYSTEM -> Duration.ZERO;
        };
    }

    private void check(Topic topic, long limit) {
        long now = context.now();
        long since = topic.heardAt();
        SilenceLimit silenceLimit = topic.silenceLimit();
        if (silenceLimit.heard(topic.lastFrameAt(), now)) {
            context.figures().silentTopics--;
            context.outbox()
                    .status(new TopicHeard(
                            head(topic, null),
                            topic.name().category().text(),
                            topic.name().text(),
                            (since - silenceLimit.silentSince()) / 1_000_000L));
        } else if (silenceLimit.exceeded(now - since, limit)) {
            silenceLimit.report(since, now, limit);
            context.figures().silentTopics++;
            boolean never = !topic.framesSince(topic.requestedAt());
            String reason = never ? "accepted, but no data received yet" : "no data any more";
            context.outbox()
                    .status(new TopicSilent(
                            head(topic, reason),
                            topic.name().category().text(),
                            topic.name().text(),
                            never,
                            (now - since) / 1_000_000L));
            resubscribe(topic);
        } else if (silenceLimit.retry(now)) {
            resubscribe(topic);
        }
    }

    private void resubscribe(Topic topic) {
        if (topic.stream() instanceof BookStream book) {
            // The resync of a book is already in progress.
            if (book.restart("no data for a long time")) {
                context.figures().silenceResubscribes++;
            }
        } else if (topic.name().kind() != TopicName.Kind.TRADES
                || context.rest().available()) {
            // Without REST, trades of the meantime would be lost.
            context.figures().silenceResubscribes++;
            topic.resubscribe(true);
            topic.link().reconcile(topic);
        }
    }

    /** The subscriptions of these topics have ended. */
    void ended(List<Topic> topics) {
        for (Topic topic : topics) {
            if (topic.silenceLimit().reported()) {
                context.figures().silentTopics--;
                topic.silenceLimit().forget();
            }
        }
    }

    private Head head(Topic topic, String reason) {
        TopicName name = topic.name();
        return Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason);
    }
}
