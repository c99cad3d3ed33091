package dev.livefeed.app.metrics;

import dev.livefeed.app.sink.SinkBuffer;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;

/** Prometheus metrics of the sinks and their buffers. */
public final class SinkMeters implements MeterBinder {

    private final SinkBuffers buffers;

    public SinkMeters(SinkBuffers buffers) {
        this.buffers = buffers;
    }

    /** Registers the metrics of all present and future buffers. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        buffers.listen(buffer -> add(registry, buffer));
    }

    private void add(MeterRegistry registry, SinkBuffer buffer) {
        gauge(registry, buffer, "events", "Events not yet delivered", view -> view.waiting()
                .events());
        gauge(registry, buffer, "bytes", "Size of the files", view -> view.waiting()
                .bytes());
        gauge(registry, buffer, "limit.bytes", "Maximum size of the files", view -> view.waiting()
                .limitBytes());
        gauge(
                registry,
                buffer,
                "oldest.seconds",
                "Waiting time of the oldest event",
                view -> view.waiting().oldestMillis() / 1000.0);
        gauge(
                registry,
                buffer,
                "failing",
                "1 while the sink takes nothing",
                view -> view.failures().since() == null ? 0 : 1);
        gauge(
                registry,
                buffer,
                "unusable",
                "1 while the disk cannot be used",
                view -> view.failures().diskSince() == null ? 0 : 1);
        count(registry, buffer, "taken", "Events taken into the buffer", view -> view.counters()
                .taken());
        count(registry, buffer, "delivered", "Lines that the sink has taken", view -> view.counters()
                .delivered());
        count(registry, buffer, "lost", "Events that were not taken into the buffer", view -> view.counters()
                .lost());
        count(registry, buffer, "damaged", "Lines that could not be read again", view -> view.counters()
                .damaged());
        count(registry, buffer, "refused", "Lines that the sink has refused for good", view -> view.counters()
                .refused());
    }

    private void gauge(
            MeterRegistry registry,
            SinkBuffer buffer,
            String name,
            String description,
            ToDoubleFunction<SinkView> value) {
        Gauge.builder("livefeed.sink.buffer." + name, buffer, b -> value.applyAsDouble(buffers.view(b)))
                .description(description)
                .tag("sink", buffer.name())
                .register(registry);
    }

    private void count(
            MeterRegistry registry,
            SinkBuffer buffer,
            String name,
            String description,
            ToDoubleFunction<SinkView> value) {
        FunctionCounter.builder("livefeed.sink.buffer." + name, buffer, b -> value.applyAsDouble(buffers.view(b)))
                .description(description)
                .tag("sink", buffer.name())
                .register(registry);
    }
}
