package dev.livefeed.app.metrics;

import dev.livefeed.app.stream.StreamFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Prometheus metrics of the stream. */
public final class StreamMeters implements MeterBinder {

    private final StreamFigures figures;

    public StreamMeters(StreamFigures figures) {
        this.figures = figures;
    }

    /** Registers all metrics. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("livefeed.stream.clients", figures, StreamFigures::clients)
                .description("Connected clients of the stream")
                .register(registry);
        count(registry, "livefeed.stream.joined", "Accepted clients", StreamFigures::joined);
        count(registry, "livefeed.stream.refused", "Refused connection attempts", StreamFigures::refused);
        count(registry, "livefeed.stream.sent", "Messages sent to clients", StreamFigures::sent);
        count(registry, "livefeed.stream.lost", "Messages not delivered to a client", StreamFigures::lost);
        count(
                registry,
                "livefeed.stream.conflated",
                "Books whose updates were replaced by one snapshot for a slow client",
                StreamFigures::conflated);
        dropped(registry, "slow", StreamFigures::slow);
        dropped(registry, "silent", StreamFigures::silent);
    }

    private void dropped(MeterRegistry registry, String reason, ToDoubleFunction<StreamFigures> value) {
        FunctionCounter.builder("livefeed.stream.dropped", figures, value)
                .description("Clients closed by the stream")
                .tag("reason", reason)
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<StreamFigures> value) {
        FunctionCounter.builder(name, figures, value).description(description).register(registry);
    }
}
