package dev.livefeed.connector.bybit.connection;

import dev.livefeed.connector.bybit.context.FeedContext;
import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.feed.ConnectionCapacity;
import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import dev.livefeed.protocol.status.Status.Head;
import java.util.HashMap;
import java.util.Map;

/**
 * Announces the venue's limits of connections at each {@link Stage}, and meanwhile the use when it has changed. The
 * topics of a connection are none of them, because further ones go to another connection.
 */
final class CapacityAlarms {

    private static final long PACE = 1_000_000_000L;
    /** Shortest time between two announcements of the same stage. */
    private static final long UPDATES = 10_000_000_000L;

    private static final Report NONE = new Report(Stage.NONE, 0, 0);

    private final FeedContext context;
    private final Map<String, Report> reported = new HashMap<>();
    private long checkedAt;

    private record Report(Stage stage, long used, long at) {}

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
        String key = limit + ' ' + category;
        Report before = reported.getOrDefault(key, NONE);
        Stage stage = before.stage().next(used, max);
        boolean further = stage.compareTo(before.stage()) > 0 || stage == Stage.NONE && before.stage() != Stage.NONE;
        boolean changed = stage != Stage.NONE && used != before.used() && context.now() - before.at() >= UPDATES;
        if (further || changed) {
            reported.put(key, new Report(stage, used, context.now()));
            context.outbox()
                    .status(new ConnectorLimit(
                            Head.of(context.outbox().connector(), reason), category, limit, used, max));
        }
    }
}
