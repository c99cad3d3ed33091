package dev.livefeed.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /live} and {@code /ready}. Live is the application itself; ready is the feed. */
public final class Probes {

    private final FeedJudge judge;

    public Probes(FeedJudge judge) {
        this.judge = judge;
    }

    /** 503 where the application cannot go on by itself; the state of the feed does not matter here. */
    public Answer live() {
        String stuck = judge.stuck();
        return stuck == null
                ? Answer.ok(Map.of("status", "UP"))
                : new Answer(503, Map.of("status", "DOWN", "reasons", List.of(stuck)));
    }

    /** 200 where subscriptions stand, books are synced and data is fresh, else 503 with the reasons. */
    public Answer ready() {
        var reasons = judge.reasons();
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("status", reasons.isEmpty() ? "UP" : "DOWN");
        content.put("state", judge.state());
        content.put("synthetic", judge.synthetic());
        content.put("reasons", reasons);
        return new Answer(reasons.isEmpty() ? 200 : 503, content);
    }
}
