package dev.livefeed.app.route.health;

import dev.livefeed.app.health.FeedHealth;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Camel readiness check of the feed. Liveness does not depend on the connector. */
public final class FeedHealthCheck extends AbstractHealthCheck {

    private final FeedHealth judge;

    public FeedHealthCheck(FeedHealth judge) {
        super("livefeed", "feed");
        this.judge = judge;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> reasons = judge.reasons();
        builder.detail("state", judge.state());
        builder.detail("synthetic", judge.synthetic());
        if (reasons.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", reasons)).down();
        }
    }
}
