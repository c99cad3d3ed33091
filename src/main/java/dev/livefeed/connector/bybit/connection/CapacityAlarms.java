package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.ConnectionCapacity;
import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.Status.Head;
import java.util.HashMap;
import java.util.Map;

/**
 * Announces the venue's limits of connections: when 80 % are used, when all are, and when less than 70 % are again. The
 * topics of a connection are none of them, because further ones go to another connection.
 */
final class CapacityAlarms {

    private static final long PACE = 1_000_000_000L;

    private final FeedContext context;
    private final Map<String, Integer> reported = new HashMap<>();
    private long checkedAt;

    CapacityAlarms(FeedContext context) {
        this.context = context;
        this.checkedAt = context.now();
    }

    void tick(StreamConnections links) {
        if (context.now() - checkedAt < PACE) {
            return;
        }
        checkedAt = context.now();
        ConnectionCapacity capacity = context.settings().connections();
        for (Category category : Category.values()) {
            check(
                    category.text(),
                    "connections",
                    links.size(category),
                    capacity.connections(),
                    "connections of " + category + "; beyond that, further topics are refused");
        }
        check(
                null,
                "new_connections",
                context.sessions().budget().recentAttempts(),
                capacity.budget(),
                "new connections in five minutes; beyond that, connections wait");
    }

    private void check(String category, String limit, long used, long max, String reason) {
        int before = reported.getOrDefault(limit + ' ' + category, 0);
        boolean near = ConnectorLimit.near(used, max) || before > 0 && used * 10 >= max * 7;
        int stage = used >= max ? 2 : near ? 1 : 0;
        if (stage != before) {
            reported.put(limit + ' ' + category, stage);
            context.outbox()
                    .status(new ConnectorLimit(
                            Head.of(context.outbox().connector(), reason), category, limit, used, max));
        }
    }
}
