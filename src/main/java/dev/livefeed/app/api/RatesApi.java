package dev.livefeed.app.api;

import dev.livefeed.app.api.response.RatesResponse;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.process.Supervisor;

/** {@code GET /ws/metrics}: counts and rates of the last 60 seconds. */
public final class RatesApi {

    private final FeedCounters counters;
    private final Supervisor supervisor;

    public RatesApi(FeedCounters counters, Supervisor supervisor) {
        this.counters = counters;
        this.supervisor = supervisor;
    }

    public RatesResponse rates() {
        return new RatesResponse(
                rate(counters.tradesLastMinute(), counters.trades()),
                rate(counters.depthsLastMinute(), counters.depths()));
    }

    private RatesResponse.Rate rate(long lastMinute, long total) {
        return new RatesResponse.Rate(
                lastMinute,
                Math.round(lastMinute / counters.countedSeconds() * 1000) / 1000.0,
                supervisor.queueSize(),
                total);
    }
}
