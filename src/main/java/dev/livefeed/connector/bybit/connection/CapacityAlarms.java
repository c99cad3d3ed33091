package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.feed.ConnectionCapacity;
import dev.livefeed.connector.feed.LimitAlarms;
import dev.livefeed.connector.feed.connection.ConnectionPool;

/**
 * Announces the venue's limits of connections when they are near. The topics of a connection are none of them, because
 * further ones go to another connection.
 */
final class CapacityAlarms {

    private static final long PACE = 1_000_000_000L;

    private final FeedContext context;
    private final LimitAlarms alarms;
    private long checkedAt;

    CapacityAlarms(FeedContext context) {
        this.context = context;
        this.alarms = new LimitAlarms(context.venue());
        this.checkedAt = context.now();
    }

    void tick(ConnectionPool<Category, StreamConnection> links) {
        if (context.now() - checkedAt < PACE) {
            return;
        }
        checkedAt = context.now();
        ConnectionCapacity capacity = context.settings().connections();
        for (Category category : Category.values()) {
            alarms.check(
                    category.text(),
                    "connections",
                    links.size(category),
                    capacity.connections(),
                    "connections of " + category + "; beyond that, further topics are refused");
        }
        alarms.check(
                null,
                "new_connections",
                context.sessions().budget().recentAttempts(),
                capacity.budget(),
                "new connections in five minutes; beyond that, connections wait");
    }
}
