package dev.livefeed.app.feed;

import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The limits that the connector has nearly reached, as it reports them. */
final class ConnectorLimits {

    private static final int MOST = 100;

    private final Map<String, String> near = new ConcurrentSkipListMap<>();

    /** Applies a report. */
    void reported(ConnectorLimit limit) {
        if (limit.limit() == null || limit.used() == null || limit.max() == null || limit.max() <= 0) {
            return;
        }
        String key = limit.limit() + (limit.category() == null ? "" : ' ' + limit.category());
        Stage before = near.containsKey(key) ? Stage.NEAR : Stage.NONE;
        if (before.next(limit.used(), limit.max()) == Stage.NONE) {
            near.remove(key);
        } else if (near.size() < MOST || near.containsKey(key)) {
            near.put(
                    key,
                    "the connector has used " + limit.used() + " of at most " + limit.max() + ' '
                            + (limit.reason() == null ? key : limit.reason()));
        }
    }

    /** A new process starts without any. */
    void clear() {
        near.clear();
    }

    /** One line for each limit that is nearly reached. */
    List<String> alarms() {
        return List.copyOf(near.values());
    }
}
