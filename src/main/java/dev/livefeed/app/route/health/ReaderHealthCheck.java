package dev.livefeed.app.route.health;

import dev.livefeed.app.health.AllFeeds;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Camel liveness check of the reader: down if a route step holds a line for longer than {@code health.stuck}. */
public final class ReaderHealthCheck extends AbstractHealthCheck {

    private final AllFeeds health;

    public ReaderHealthCheck(AllFeeds health) {
        super("livefeed", "reader");
        this.health = health;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String stuck = health.stuck();
        if (stuck == null) {
            builder.up();
        } else {
            builder.message(stuck).down();
        }
    }
}
