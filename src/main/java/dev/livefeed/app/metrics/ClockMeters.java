package dev.livefeed.app.metrics;

import dev.livefeed.app.feed.LocalClock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Prometheus metrics of what happened to the local clock. */
public final class ClockMeters implements MeterBinder {

    private final LocalClock clock;

    public ClockMeters(LocalClock clock) {
        this.clock = clock;
    }

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (LocalClock.Kind kind : LocalClock.Kind.values()) {
            FunctionCounter.builder("livefeed.clock.changes", clock, one -> one.count(kind))
                    .description("Times the clock was set, the machine suspended or the program stopped")
                    .tag("kind", kind.toString())
                    .register(registry);
        }
    }
}
