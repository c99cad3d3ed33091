package dev.livefeed.app.metrics;

import dev.livefeed.logging.SuppressedLines;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Prometheus metrics of suppressed log lines. */
public final class LogMeters implements MeterBinder {

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (SuppressedLines kind : SuppressedLines.values()) {
            FunctionCounter.builder("livefeed.log.suppressed", kind, SuppressedLines::count)
                    .description("Log lines suppressed because there were too many")
                    .tag("kind", kind.toString())
                    .register(registry);
        }
    }
}
