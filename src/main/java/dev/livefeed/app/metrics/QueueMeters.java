package dev.livefeed.app.metrics;

import dev.livefeed.app.queue.BoundedQueue;
import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** Prometheus metrics of the queues; the series of a queue are removed with it. */
public final class QueueMeters implements MeterBinder {

    private static final int MAX_QUEUES = 200;

    private final BoundedQueues<?> queues;
    private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

    public QueueMeters(BoundedQueues<?> queues) {
        this.queues = queues;
    }

    /** Registers the metrics of all present and future queues. Must be called once. */
    @Override
    public void bindTo(MeterRegistry registry) {
        queues.listen(queue -> add(registry, queue), queue -> remove(registry, queue));
    }

    private void remove(MeterRegistry registry, BoundedQueue<?> queue) {
        List<Meter> gone = meters.remove(queue.name());
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }

    private void add(MeterRegistry registry, BoundedQueue<?> queue) {
        if (meters.size() >= MAX_QUEUES) {
            return;
        }
        meters.put(
                queue.name(),
                List.of(
                        gauge(registry, queue, "queue.size", "Events not yet delivered to the sink", QueueView::size),
                        gauge(registry, queue, "queue.capacity", "Capacity of the queue", QueueView::capacity),
                        gauge(
                                registry,
                                queue,
                                "queue.oldest.seconds",
                                "Waiting time of the oldest event",
                                view -> view.oldestMillis() / 1000.0),
                        gauge(
                                registry,
                                queue,
                                "failing",
                                "1 while the delivery of an event fails and is tried again",
                                view -> view.failingSince() == null ? 0 : 1),
                        count(registry, queue, "taken", "Events added to the queue", QueueView::taken),
                        count(registry, queue, "delivered", "Events processed successfully", QueueView::delivered),
                        count(registry, queue, "failed", "Events that failed in the route", QueueView::failed),
                        count(registry, queue, "dropped", "Events lost because the queue was full", QueueView::dropped),
                        count(
                                registry,
                                queue,
                                "refused",
                                "Events refused with an error because the queue was full",
                                QueueView::refused)));
    }

    private static Meter gauge(
            MeterRegistry registry,
            BoundedQueue<?> queue,
            String name,
            String description,
            ToDoubleFunction<QueueView> value) {
        return Gauge.builder("livefeed.sink." + name, queue, q -> value.applyAsDouble(q.view()))
                .description(description)
                .tag("queue", queue.name())
                .register(registry);
    }

    private static Meter count(
            MeterRegistry registry,
            BoundedQueue<?> queue,
            String name,
            String description,
            ToDoubleFunction<QueueView> value) {
        return FunctionCounter.builder("livefeed.sink." + name, queue, q -> value.applyAsDouble(q.view()))
                .description(description)
                .tag("queue", queue.name())
                .register(registry);
    }
}
