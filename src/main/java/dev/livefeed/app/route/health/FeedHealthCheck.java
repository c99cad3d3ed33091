package dev.livefeed.app.route.health;

import dev.livefeed.app.health.AllFeeds;
import dev.livefeed.app.health.OverallVerdict;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Camel readiness check of the feed. Liveness does not depend on the connector. */
public final class FeedHealthCheck extends AbstractHealthCheck {

    private final AllFeeds health;

    public FeedHealthCheck(AllFeeds health) {
        super("livefeed", "feed");
        this.health = health;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        OverallVerdict verdict = health.overall();
        builder.detail("state", verdict.state().toString());
        builder.detail("synthetic", verdict.synthetic());
        if (verdict.ready()) {
            builder.up();
        } else {
            builder.message(String.join("; ", verdict.reasons())).down();
        }
    }
}
