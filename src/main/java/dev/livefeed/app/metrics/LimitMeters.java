package dev.livefeed.app.metrics;

import dev.livefeed.app.health.LimitWatch;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Prometheus metrics of the limits of what is kept. */
public final class LimitMeters implements MeterBinder {

    private final LimitWatch watch;

    public LimitMeters(LimitWatch watch) {
        this.watch = watch;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (LimitWatch.Limit limit : watch.limits()) {
            Gauge.builder("livefeed.limit.used", limit, l -> l.used().getAsInt())
                    .description("How much of a limit is in use")
                    .tag("limit", limit.name())
                    .register(registry);
            Gauge.builder("livefeed.limit.max", limit, LimitWatch.Limit::max)
                    .description("The limit")
                    .tag("limit", limit.name())
                    .register(registry);
            FunctionCounter.builder(
                            "livefeed.limit.exceeded", limit, l -> l.exceeded().getAsLong())
                    .description("Events that found the limit reached")
                    .tag("limit", limit.name())
                    .register(registry);
        }
    }
}
