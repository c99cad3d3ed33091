package dev.livefeed.app.health;

import java.util.List;

/**
 * What the feeds of all sources come to.
 *
 * @param connected whether all are
 * @param fresh whether all are
 * @param reasons why they are not ready together; empty if they are
 * @param readiness of the wanted instruments of all sources
 */
public record OverallVerdict(
        FeedCondition state,
        boolean connected,
        boolean fresh,
        boolean synthetic,
        List<String> reasons,
        Readiness readiness) {

    static OverallVerdict of(FeedVerdict only) {
        return new OverallVerdict(
                only.state(), only.connected(), only.fresh(), only.synthetic(), only.reasons(), only.readiness());
    }

    /** Connected, with fresh data, and enough instruments are ready. */
    public boolean ready() {
        return reasons.isEmpty();
    }
}
