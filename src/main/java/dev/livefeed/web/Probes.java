package dev.livefeed.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /live} and {@code /ready}. Live is the application itself; ready is the feed. */
public final class Probes {

    private final FeedJudge judge;

    public Probes(FeedJudge judge) {
        this.judge = judge;
    }

    /** The application answers, so it lives; the state of the feed does not matter here. */
    public Answer live() {
        return Answer.ok(Map.of("status", "UP"));
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
