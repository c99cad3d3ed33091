package dev.livefeed.app.api;

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

/** Shows the figures of the queues as Prometheus series, which come and go with their queue. */
public final class QueueMeters implements MeterBinder {

    private static final int MAX_QUEUES = 200;

    private final BoundedQueues<?> queues;
    private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

    public QueueMeters(BoundedQueues<?> queues) {
        this.queues = queues;
    }

    /** Registers the series of each queue that is here and of each that comes. To be called once. */
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
                        gauge(
                                registry,
                                queue,
                                "queue.capacity",
                                "Events that the queue holds at most",
                                QueueView::capacity),
                        gauge(
                                registry,
                                queue,
                                "queue.oldest.seconds",
                                "How long the oldest event has waited",
                                view -> view.oldestMillis() / 1000.0),
                        gauge(
                                registry,
                                queue,
                                "failing",
                                "1 while the delivery of an event fails and is tried again",
                                view -> view.failingSince() == null ? 0 : 1),
                        count(registry, queue, "taken", "Events taken into the queue", QueueView::taken),
                        count(registry, queue, "delivered", "Events whose route ended well", QueueView::delivered),
                        count(registry, queue, "failed", "Events whose route ended with an error", QueueView::failed),
                        count(registry, queue, "dropped", "Events lost because the queue was full", QueueView::dropped),
                        count(
                                registry,
                                queue,
                                "refused",
                                "Events sent back with an error because the queue was full",
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
