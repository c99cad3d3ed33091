package dev.livefeed.app.api;

import dev.livefeed.app.api.response.RatesResponse;
import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.process.Supervisor;
import java.util.List;
import java.util.function.ToLongFunction;

/** {@code GET /ws/metrics}: counts and rates of the last 60 seconds. */
public final class RatesApi {

    private final List<FeedCounters> counters;
    private final List<Supervisor> supervisors;

    /** @param supervisors one for each source, as the counters */
    public RatesApi(List<FeedCounters> counters, List<Supervisor> supervisors) {
        this.counters = List.copyOf(counters);
        this.supervisors = List.copyOf(supervisors);
    }

    public RatesResponse rates() {
        return new RatesResponse(
                rate(sum(FeedCounters::tradesLastMinute), sum(FeedCounters::trades)),
                rate(sum(FeedCounters::depthsLastMinute), sum(FeedCounters::depths)));
    }

    private long sum(ToLongFunction<FeedCounters> count) {
        return counters.stream().mapToLong(count).sum();
    }

    private RatesResponse.Rate rate(long lastMinute, long total) {
        double seconds = counters.stream()
                .mapToDouble(FeedCounters::countedSeconds)
                .max()
                .orElseThrow();
        return new RatesResponse.Rate(
                lastMinute,
                Math.round(lastMinute / seconds * 1000) / 1000.0,
                supervisors.stream().mapToInt(Supervisor::queueSize).sum(),
                total);
    }
}
