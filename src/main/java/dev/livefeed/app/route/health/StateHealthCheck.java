package dev.livefeed.app.route.health;

import dev.livefeed.app.health.StateHealth;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Camel health check of saving state. Affects neither liveness nor readiness. */
public final class StateHealthCheck extends AbstractHealthCheck {

    private final StateHealth state;

    public StateHealthCheck(StateHealth state) {
        super("livefeed", "state");
        this.state = state;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        List<String> alarms = state.alarms();
        if (alarms.isEmpty()) {
            builder.up();
        } else {
            builder.message(String.join("; ", alarms)).down();
        }
    }
}
