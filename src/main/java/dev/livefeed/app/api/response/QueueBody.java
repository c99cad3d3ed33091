package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.queue.DroppedEvents;
import dev.livefeed.app.queue.QueueView;
import dev.livefeed.protocol.model.Times;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A queue of the routes. */
public record QueueBody(
        @JsonUnwrapped Waiting waiting,
        @JsonUnwrapped Counts counts,
        int readers,
        Instant lastDropAt,
        Loss lastLoss,
        Instant failingSince,
        String lastFailure) {

    public record Waiting(int size, int capacity, long oldestMs) {}

    public record Counts(long taken, long delivered, long failed, long dropped, long refused) {}

    /** @param until null while events are dropped */
    public record Loss(
            long events, Instant since, Instant until, Instant from, Instant to, Map<String, Long> symbols) {}

    /** @param redact removes secrets from reasons */
    public static QueueBody of(QueueView queue, UnaryOperator<String> redact) {
        DroppedEvents loss = queue.lastLoss();
        return new QueueBody(
                new Waiting(queue.size(), queue.capacity(), queue.oldestMillis()),
                new Counts(queue.taken(), queue.delivered(), queue.failed(), queue.dropped(), queue.refused()),
                queue.readers(),
                loss == null ? null : loss.until(),
                loss == null ? null : loss(loss, queue.dropping()),
                queue.failingSince(),
                redact.apply(queue.failure()));
    }

    static Loss loss(DroppedEvents loss, boolean dropping) {
        return new Loss(
                loss.events(),
                loss.since(),
                dropping ? null : loss.until(),
                loss.fromMicros() < 0 ? null : Times.instant(loss.fromMicros()),
                loss.toMicros() < 0 ? null : Times.instant(loss.toMicros()),
                loss.symbols());
    }
}
