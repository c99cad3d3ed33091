package dev.livefeed.app.api;

import dev.livefeed.app.api.response.LiveResponse;
import dev.livefeed.app.api.response.ReadinessBody;
import dev.livefeed.app.api.response.ReadyResponse;
import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.OverallVerdict;
import java.util.function.UnaryOperator;

/** {@code GET /live} and {@code /ready}. Live reports on the application, ready on the feed. */
public final class Probes {

    private final AllFeeds feeds;

    public Probes(AllFeeds feeds) {
        this.feeds = feeds;
    }

    /** 503 if only a restart helps; independent of the state of the feed. */
    public LiveResponse live() {
        return LiveResponse.of(feeds.stuck());
    }

    /** 200 if data is fresh and enough instruments are ready; else 503 with the reasons. */
    public ReadyResponse ready() {
        OverallVerdict verdict = feeds.overall();
        return ReadyResponse.of(
                verdict.state().toString(),
                verdict.synthetic(),
                verdict.reasons(),
                ReadinessBody.of(verdict.readiness(), UnaryOperator.identity()));
    }
}
