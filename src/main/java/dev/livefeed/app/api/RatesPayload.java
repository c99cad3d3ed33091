package dev.livefeed.app.api;

import dev.livefeed.app.feed.FeedCounters;
import dev.livefeed.app.process.Supervisor;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /ws/metrics}: counts of the last 60 seconds, and the rates they make. */
public final class RatesPayload {

    private final FeedCounters counters;
    private final Supervisor supervisor;

    public RatesPayload(FeedCounters counters, Supervisor supervisor) {
        this.counters = counters;
        this.supervisor = supervisor;
    }

    /** The payload, ready for JSON. */
    public Map<String, Object> payload() {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("trades", rate(counters.tradesLastMinute(), counters.trades()));
        payload.put("depth", rate(counters.depthsLastMinute(), counters.depths()));
        return payload;
    }

    private Map<String, Object> rate(long lastMinute, long total) {
        Map<String, Object> rate = new LinkedHashMap<>();
        rate.put("per_minute_count", lastMinute);
        rate.put("per_second_rate", Math.round(lastMinute / counters.countedSeconds() * 1000) / 1000.0);
        rate.put("queue_size", supervisor.queueSize());
        rate.put("total", total);
        return rate;
    }
}
