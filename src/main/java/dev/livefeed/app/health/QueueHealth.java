package dev.livefeed.app.health;

import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.DroppedEvents;
import dev.livefeed.app.queue.QueueAlarms;
import dev.livefeed.app.queue.QueueView;
import dev.livefeed.protocol.model.Times;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What health says of the queues. */
public final class QueueHealth {

    private static final int MAX_LISTED = 200;

    private final BoundedQueues<?> queues;
    private final UnaryOperator<String> redact;

    /** @param redact takes secrets out of reasons */
    public QueueHealth(BoundedQueues<?> queues, UnaryOperator<String> redact) {
        this.queues = queues;
        this.redact = redact;
    }

    /** Each queue by its name. */
    public Map<String, Object> payload() {
        Map<String, Object> all = new LinkedHashMap<>();
        queues.views().stream().limit(MAX_LISTED).forEach(queue -> all.put(queue.name(), one(queue)));
        return all;
    }

    public List<String> alarms() {
        Instant now = Instant.now();
        return queues.views().stream()
                .flatMap(queue -> QueueAlarms.of(queue, now).stream())
                .map(redact)
                .toList();
    }

    private Map<String, Object> one(QueueView queue) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("size", queue.size());
        one.put("capacity", queue.capacity());
        one.put("oldest_ms", queue.oldestMillis());
        one.put("taken", queue.taken());
        one.put("delivered", queue.delivered());
        one.put("failed", queue.failed());
        one.put("dropped", queue.dropped());
        one.put("refused", queue.refused());
        one.put("readers", queue.readers());
        DroppedEvents loss = queue.lastLoss();
        one.put("last_drop_at", loss == null ? null : loss.until().toString());
        one.put("last_loss", loss == null ? null : loss(loss, queue.dropping()));
        one.put(
                "failing_since",
                queue.failingSince() == null ? null : queue.failingSince().toString());
        one.put("last_failure", redact.apply(queue.failure()));
        return one;
    }

    private static Map<String, Object> loss(DroppedEvents loss, boolean goesOn) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("events", loss.events());
        one.put("since", loss.since().toString());
        one.put("until", goesOn ? null : loss.until().toString());
        one.put("from", time(loss.fromMicros()));
        one.put("to", time(loss.toMicros()));
        one.put("symbols", loss.symbols());
        return one;
    }

    private static String time(long micros) {
        return micros < 0 ? null : Times.instant(micros).toString();
    }
}
