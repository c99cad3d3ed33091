package dev.livefeed.connector.feed;

import dev.livefeed.protocol.status.ConnectorLimit;
import dev.livefeed.protocol.status.ConnectorLimit.Stage;
import dev.livefeed.protocol.status.Status.Head;
import java.util.HashMap;
import java.util.Map;

/** Announces limits at each {@link Stage}, and meanwhile their use when it has changed. Not thread-safe. */
public final class LimitAlarms {

    /** Shortest time between two announcements of the same stage. */
    private static final long UPDATES = 10_000_000_000L;

    private static final Report NONE = new Report(Stage.NONE, 0, 0);

    private final VenueContext context;
    private final Map<String, Report> reported = new HashMap<>();

    private record Report(Stage stage, long used, long at) {}

    public LimitAlarms(VenueContext context) {
        this.context = context;
    }

    /**
     * Compares the use of a limit with the last time.
     *
     * @param category product category that it concerns, or null
     * @param limit its name
     * @param reason what is counted, and what happens beyond the limit
     */
    public void check(String category, String limit, long used, long max, String reason) {
        String key = limit + ' ' + category;
        Report before = reported.getOrDefault(key, NONE);
        Stage stage = before.stage().next(used, max);
        boolean further = stage.compareTo(before.stage()) > 0 || stage == Stage.NONE && before.stage() != Stage.NONE;
        boolean changed = stage != Stage.NONE && used != before.used() && context.now() - before.at() >= UPDATES;
        if (further || changed) {
            if (stage == Stage.NONE) {
                reported.remove(key);
            } else {
                reported.put(key, new Report(stage, used, context.now()));
            }
            context.outbox()
                    .status(new ConnectorLimit(
                            Head.of(context.outbox().connector(), reason), category, limit, used, max));
        }
    }
}
