package dev.livefeed.app.health;

import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueAlarms;
import dev.livefeed.app.queue.QueueView;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The queues as health shows them. */
public final class QueueHealth {

    private static final int MAX_LISTED = 200;

    private final BoundedQueues<?> queues;
    private final UnaryOperator<String> redact;

    /** @param redact removes secrets from reasons */
    public QueueHealth(BoundedQueues<?> queues, UnaryOperator<String> redact) {
        this.queues = queues;
        this.redact = redact;
    }

    /** All queues, up to a limit. */
    public List<QueueView> views() {
        return queues.views().stream().limit(MAX_LISTED).toList();
    }

    public List<String> alarms() {
        Instant now = Instant.now();
        return queues.views().stream()
                .flatMap(queue -> QueueAlarms.of(queue, now).stream())
                .map(redact)
                .toList();
    }
}
