package dev.livefeed.app.api;

import dev.livefeed.app.health.FeedHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /live} and {@code /ready}. Live is the application itself; ready is the feed. */
public final class Probes {

    private final FeedHealth judge;

    public Probes(FeedHealth judge) {
        this.judge = judge;
    }

    /** 503 where the application cannot go on by itself; the state of the feed does not matter here. */
    public HttpResponse live() {
        String stuck = judge.stuck();
        return stuck == null
                ? HttpResponse.ok(Map.of("status", "UP"))
                : new HttpResponse(503, Map.of("status", "DOWN", "reasons", List.of(stuck)));
    }

    /** 200 where subscriptions stand, books are synced and data is fresh, else 503 with the reasons. */
    public HttpResponse ready() {
        var reasons = judge.reasons();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("status", reasons.isEmpty() ? "UP" : "DOWN");
        content.put("state", judge.state());
        content.put("synthetic", judge.synthetic());
        content.put("reasons", reasons);
        return new HttpResponse(reasons.isEmpty() ? 200 : 503, content);
    }
}
