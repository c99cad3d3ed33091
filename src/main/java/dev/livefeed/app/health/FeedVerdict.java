package dev.livefeed.app.health;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.feed.Maintenances;
import java.util.List;

/**
 * Result of the evaluation of one snapshot of the feed.
 *
 * @param fresh connected, and the newest market data is as recent as usual
 * @param reasons why the feed is not ready; empty if it is
 * @param readiness of the wanted instruments
 * @param maintenance that the exchange has announced, as the state and the reasons count it
 */
public record FeedVerdict(
        FeedSnapshot feed,
        FeedCondition state,
        boolean fresh,
        boolean synthetic,
        List<String> reasons,
        Readiness readiness,
        Maintenances.View maintenance) {

    public boolean connected() {
        return feed.connected();
    }

    /** Connected, with fresh data, and enough instruments are ready. */
    public boolean ready() {
        return reasons.isEmpty();
    }
}
