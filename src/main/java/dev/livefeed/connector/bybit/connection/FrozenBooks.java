package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.book.BookStream;
import dev.livefeed.connector.bybit.book.RpiBookStream;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.Topic.Wire;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.bybit.trade.TradeStream;
import dev.livefeed.connector.feed.LiveTrades;
import dev.livefeed.connector.feed.stream.StreamTable;
import java.util.List;

/** Compares each book with the trades of its symbol on the same connection, once a second. */
final class FrozenBooks {

    private static final long PACE = 1_000_000_000L;

    private final StreamTable<Topic> topics;
    private long checkedAt;

    FrozenBooks(StreamTable<Topic> topics, long now) {
        this.topics = topics;
        this.checkedAt = now;
    }

    void tick(List<Topic> all, long now) {
        if (now - checkedAt < PACE) {
            return;
        }
        checkedAt = now;
        for (Topic topic : all) {
            if (topic.wire() == Wire.ACTIVE && topic.expectsData()) {
                compare(topic);
            }
        }
    }

    private void compare(Topic topic) {
        boolean book = topic.stream() instanceof BookStream || topic.stream() instanceof RpiBookStream;
        LiveTrades trades = book ? trades(topic.name()) : null;
        if (trades != null && topic.stream() instanceof BookStream one) {
            one.book().compare(trades.count(), trades.last());
        } else if (trades != null && topic.stream() instanceof RpiBookStream one) {
            one.compare(trades.count(), trades.last());
        }
    }

    private LiveTrades trades(TopicName book) {
        Topic topic = topics.get(
                TopicName.of(book.category(), "trades", book.symbol(), 0).text());
        return topic != null && topic.wire() == Wire.ACTIVE && topic.stream() instanceof TradeStream trades
                ? trades.live(book.symbol())
                : null;
    }
}
