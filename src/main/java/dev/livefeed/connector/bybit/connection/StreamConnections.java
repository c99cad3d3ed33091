package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.Topic;
import dev.livefeed.connector.bybit.topic.TopicName;
import dev.livefeed.connector.feed.connection.ConnectionPool;

/**
 * The connections of the feed, one or more per category, and which of them carries a topic.
 *
 * <p>The venue's announcements have a connection of their own, which is not counted: no market data depends on it.
 *
 * <p>Topics of one symbol share a connection if possible, because a lost update of a book indicates that trades on the
 * same connection may be missing too.
 */
public final class StreamConnections {

    private final FeedContext context;
    private final ConnectionPool<Category, StreamConnection> pool;
    private final CapacityAlarms limits;

    public StreamConnections(FeedContext context, ConnectionPool.Maker<Category, StreamConnection> maker) {
        this.context = context;
        this.pool = new ConnectionPool<>(context.time(), maker);
        this.limits = new CapacityAlarms(context);
    }

    public ConnectionPool<Category, StreamConnection> pool() {
        return pool;
    }

    /** The topic of that name, or null. */
    public Topic find(TopicName name) {
        for (StreamConnection link : pool.all()) {
            Topic topic = link.path() == name.category() ? link.topics().get(name.text()) : null;
            if (topic != null) {
                return topic;
            }
        }
        return null;
    }

    /** Called at a regular interval. */
    public void tick() {
        pool.tick();
        limits.tick(pool);
    }

    /** The connection for a new topic; a new connection if none has room, or null if no more are allowed. */
    public StreamConnection forNew(TopicName name) {
        Category category = name.category();
        if (name.announcements()) {
            return pool.aside(category);
        }
        StreamConnection link = pool.first(category, one -> one.topics().holds(name.symbol()) && one.takes(name, 1));
        if (link == null) {
            // A symbol that is new on a connection reserves room for another topic of it.
            link = pool.first(category, one -> one.takes(name, 2));
        }
        if (link != null) {
            return link;
        }
        // Without another connection, no room is reserved.
        return pool.size(category) < context.settings().connections().connections()
                ? pool.open(category)
                : pool.first(category, one -> one.takes(name, 1));
    }
}
