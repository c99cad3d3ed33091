package dev.livefeed.app.metrics;

import dev.livefeed.app.health.StateHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Prometheus metrics of saving state. */
public final class StateMeters implements MeterBinder {

    private final StateHealth state;

    public StateMeters(StateHealth state) {
        this.state = state;
    }

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (String name : state.views().keySet()) {
            Gauge.builder(
                            "livefeed.state.failing",
                            state,
                            s -> s.views().get(name).failingSince() == null ? 0 : 1)
                    .description("1 while it cannot be saved")
                    .tag("state", name)
                    .register(registry);
            FunctionCounter.builder("livefeed.state.failures", state, s -> s.views()
                            .get(name)
                            .failures())
                    .description("Failed attempts to save it")
                    .tag("state", name)
                    .register(registry);
        }
    }
}
