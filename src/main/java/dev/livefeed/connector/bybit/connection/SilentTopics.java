package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.SilenceLimit;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.protocol.status.Status.Head;
import dev.livefeed.protocol.status.TopicStatus.TopicHeard;
import dev.livefeed.protocol.status.TopicStatus.TopicSilent;
import java.util.List;

/**
 * Finds the topics of one connection that were accepted and say nothing: a retired topic looks just like a quiet
 * market.
 *
 * <p>It is said once ({@code silent}, later {@code heard}), and the topic is asked for again: at once, then after
 * twice its limit, doubling to an hour. Other topics are not touched, and trades that fall between are fetched.
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
            long limit = context.settings().limits().silence(topic.name()).toNanos();
            if (limit > 0 && topic.wire() == Wire.ACTIVE && topic.wanted() && !topic.again()) {
                check(topic, limit);
            }
        }
    }

    private void check(Topic topic, long limit) {
        long now = context.now();
        long since = topic.heardAt();
        SilenceLimit patience = topic.patience();
        if (patience.heard(topic.framedAt(), now)) {
            context.figures().silentTopics--;
            context.outbox()
                    .status(new TopicHeard(
                            head(topic, null),
                            topic.name().category().text(),
                            topic.name().text(),
                            (since - patience.silentSince()) / 1_000_000L));
        } else if (patience.exceeded(now - since, limit)) {
            patience.say(since, now, limit);
            context.figures().silentTopics++;
            boolean never = !topic.framesSince(topic.askedAt());
            String reason = never ? "accepted, and nothing has ever come" : "nothing comes any more";
            context.outbox()
                    .status(new TopicSilent(
                            head(topic, reason),
                            topic.name().category().text(),
                            topic.name().text(),
                            never,
                            (now - since) / 1_000_000L));
            askAgain(topic);
        } else if (patience.askAgain(now)) {
            askAgain(topic);
        }
    }

    private void askAgain(Topic topic) {
        if (topic.stream() instanceof BookStream book) {
            // A book that is being resynced has an owner already.
            if (book.restart("nothing has come for long")) {
                context.figures().silenceResubscribes++;
            }
        } else if (topic.name().kind() != TopicName.Kind.TRADES
                || context.rest().available()) {
            // Without REST the trades that fall between could not be had.
            context.figures().silenceResubscribes++;
            topic.again(true);
            topic.link().reconcile(topic);
        }
    }

    /** These topics have ended on their connection. */
    void ended(List<Topic> topics) {
        for (Topic topic : topics) {
            if (topic.patience().said()) {
                context.figures().silentTopics--;
                topic.patience().forget();
            }
        }
    }

    private Head head(Topic topic, String reason) {
        TopicName name = topic.name();
        return Head.of(context.outbox().connector(), name.symbol(), name.channel(), reason);
    }
}
