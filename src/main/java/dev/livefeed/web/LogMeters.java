package dev.livefeed.web;

import dev.livefeed.logging.LeftOut;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows what the log has left out as Prometheus series. */
public final class LogMeters {

    /** Registers every series. To be called once. */
    public void bind(MeterRegistry registry) {
        for (LeftOut kind : LeftOut.values()) {
            FunctionCounter.builder("livefeed.log.suppressed", kind, LeftOut::count)
                    .description("What the log has left out since there was too much of it")
                    .tag("kind", kind.toString())
                    .register(registry);
        }
    }
}
