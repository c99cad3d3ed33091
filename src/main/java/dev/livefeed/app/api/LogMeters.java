package dev.livefeed.app.api;

import dev.livefeed.logging.SuppressedLines;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Shows what the log has left out as Prometheus series. */
public final class LogMeters implements MeterBinder {

    /** Registers every series. To be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (SuppressedLines kind : SuppressedLines.values()) {
            FunctionCounter.builder("livefeed.log.suppressed", kind, SuppressedLines::count)
                    .description("What the log has left out since there was too much of it")
                    .tag("kind", kind.toString())
                    .register(registry);
        }
    }
}
