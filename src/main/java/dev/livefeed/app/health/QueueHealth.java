package dev.livefeed.app.health;

import dev.livefeed.app.queue.BoundedQueues;
import dev.livefeed.app.queue.QueueAlarms;
import dev.livefeed.app.queue.QueueView;
import dev.livefeed.app.sink.SinkAlarms;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.SinkView;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The queues and the buffers of sinks as health shows them. */
public final class QueueHealth {

    private static final int MAX_LISTED = 200;

    private final BoundedQueues<?> queues;
    private final SinkBuffers sinks;
    private final UnaryOperator<String> redact;

    /** @param redact removes secrets from reasons */
    public QueueHealth(BoundedQueues<?> queues, SinkBuffers sinks, UnaryOperator<String> redact) {
        this.queues = queues;
        this.sinks = sinks;
        this.redact = redact;
    }

    /** All queues, up to a limit. */
    public List<QueueView> views() {
        return queues.views().stream().limit(MAX_LISTED).toList();
    }

    /** The buffers of all sinks. */
    public List<SinkView> sinks() {
        return sinks.views();
    }

    public List<String> alarms() {
        Instant now = Instant.now();
        return Stream.concat(
                        sinks.views().stream().flatMap(sink -> SinkAlarms.of(sink, now).stream()),
                        queues.views().stream().flatMap(queue -> QueueAlarms.of(queue, now).stream()))
                .map(redact)
                .toList();
    }
}
