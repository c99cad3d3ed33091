package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.stream.SilentStreams;
import java.time.Duration;
import java.util.function.Consumer;

/** How long topics may be silent, and what is done then. Trades of the meantime are fetched. */
final class TopicSilence implements SilentStreams.Rules<Topic> {

    private final FeedContext context;
    private final Consumer<Topic> suspects;

    /** @param suspects receives a topic that may have no data now */
    TopicSilence(FeedContext context, Consumer<Topic> suspects) {
        this.context = context;
        this.suspects = suspects;
    }

    @Override
    public Duration limit(Topic topic) {
        Timeouts.Silence silence = context.settings().limits().silence();
        return switch (topic.name().kind()) {
            // The best price is repeated every 3 s.
            case BOOK -> topic.name().depth() == 1 ? silence.top() : silence.book();
            case TICKER, KLINE, RPI_BOOK, PRICE_LIMIT -> silence.book();
            case TRADES -> silence.trades();
            // They are rare, and subscribing again would miss some.
            case LIQUIDATIONS, ADL, INSURANCE, SYSTEM -> Duration.ZERO;
        };
    }

    @Override
    public boolean applies(Topic topic) {
        return topic.wire() == Wire.ACTIVE && topic.wanted() && topic.expectsData() && !topic.resubscribe();
    }

    @Override
    public void suspect(Topic topic) {
        suspects.accept(topic);
    }

    @Override
    public boolean again(Topic topic) {
        if (topic.stream() instanceof BookStream books) {
            // The resync of a book may be in progress already.
            return books.book().restart("no data for a long time");
        }
        if (topic.name().kind() == TopicName.Kind.TRADES && !context.rest().available()) {
            // Without REST, trades of the meantime would be lost.
            return false;
        }
        topic.resubscribe(true);
        topic.link().reconcile(topic);
        return true;
    }
}
