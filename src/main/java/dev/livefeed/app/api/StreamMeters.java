package dev.livefeed.app.api;

import dev.livefeed.app.stream.StreamFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Shows the figures of the stream as Prometheus series. */
public final class StreamMeters implements MeterBinder {

    private final StreamFigures figures;

    public StreamMeters(StreamFigures figures) {
        this.figures = figures;
    }

    /** Registers every series. To be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("livefeed.stream.clients", figures, StreamFigures::clients)
                .description("Clients of the stream that are connected")
                .register(registry);
        count(registry, "livefeed.stream.joined", "Clients that were let in", StreamFigures::joined);
        count(registry, "livefeed.stream.refused", "Attempts that were turned away", StreamFigures::refused);
        count(registry, "livefeed.stream.sent", "Messages handed to clients", StreamFigures::sent);
        count(registry, "livefeed.stream.lost", "Messages that did not reach a client", StreamFigures::lost);
        count(
                registry,
                "livefeed.stream.conflated",
                "Books whose changes became one snapshot for a slow client",
                StreamFigures::conflated);
        dropped(registry, "slow", StreamFigures::slow);
        dropped(registry, "silent", StreamFigures::silent);
    }

    private void dropped(MeterRegistry registry, String reason, ToDoubleFunction<StreamFigures> value) {
        FunctionCounter.builder("livefeed.stream.dropped", figures, value)
                .description("Clients that the stream closed")
                .tag("reason", reason)
                .register(registry);
    }

    private void count(MeterRegistry registry, String name, String description, ToDoubleFunction<StreamFigures> value) {
        FunctionCounter.builder(name, figures, value).description(description).register(registry);
    }
}
