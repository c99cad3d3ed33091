package dev.livefeed.app.health;

import dev.livefeed.app.feed.FeedSnapshot;
import java.util.List;

/**
 * Result of the evaluation of one snapshot of the feed.
 *
 * @param state one word: blocked (a step of a route holds up the feed), maintenance (of the exchange, which explains
 *     why data is missing), live, synthetic, replay (recorded data), degraded (some connections are down), starting,
 *     stale, disconnected, or the phase of the supervision
 * @param fresh connected, and the newest market data is as recent as usual
 * @param reasons why the feed is not ready; empty if it is
 * @param readiness of the wanted instruments
 */
public record FeedVerdict(
        FeedSnapshot feed, String state, boolean fresh, boolean synthetic, List<String> reasons, Readiness readiness) {

    public boolean connected() {
        return feed.connected();
    }

    /** Connected, with fresh data, and enough instruments are ready. */
    public boolean ready() {
        return reasons.isEmpty();
    }
}
