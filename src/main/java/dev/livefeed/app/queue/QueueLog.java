package dev.livefeed.app.queue;

import dev.livefeed.protocol.model.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports in the log when a queue begins to drop events, when its sink fails, and when that ends; what goes on is
 * repeated once a minute with its counts. To be called by one thread.
 */
public final class QueueLog {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLog.class);
    private static final Duration REPEAT = Duration.ofMinutes(1);
    /** What has ended and begins again is reported after this time. */
    private static final Duration AGAIN = Duration.ofSeconds(10);
    /** A delivery that succeeds within this time has not failed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What the log says of a queue. */
    private static final class Told {

        private long dropped;
        private boolean dropping;
        private Instant droppingAt;
        private Instant failingSince;
        private Instant failingAt;
        private long delivered;
        private long failed;
        private Instant failedAt;
    }

    private final BoundedQueues<?> queues;
    private final UnaryOperator<String> redact;
    private final Map<String, Told> told = new HashMap<>();
    private boolean ending;

    /** @param redact takes secrets out of reasons */
    public QueueLog(BoundedQueues<?> queues, UnaryOperator<String> redact) {
        this.queues = queues;
        this.redact = redact;
    }

    /** Looks at each queue and reports what is new. */
    public void look(Instant now) {
        List<QueueView> views = queues.views();
        views.forEach(view -> look(view, told.computeIfAbsent(view.name(), name -> new Told()), now));
        told.keySet().retainAll(views.stream().map(QueueView::name).toList());
    }

    /**
     * The end of the run: what is still here is lost, and no later report takes in what was lost since the last one.
     */
    public void end(Instant now) {
        ending = true;
        look(now);
        for (BoundedQueue<?> queue : queues.all()) {
            DroppedEvents rest = queue.undeliveredAccount();
            if (rest != null) {
                LOG.warn("queue_not_delivered queue={} events={} {}", queue.name(), rest.events(), span(rest));
            }
        }
    }

    private void look(QueueView queue, Told told, Instant now) {
        dropping(queue, told, now);
        failing(queue, told, now);
        if (queue.failed() > told.failed && (ending || due(told.failedAt, true, now))) {
            LOG.warn(
                    "queue_events_failed queue={} events={} total={} failure=\"{}\"",
                    queue.name(),
                    queue.failed() - told.failed,
                    queue.failed(),
                    redact.apply(queue.failure()));
            told.failed = queue.failed();
            told.failedAt = now;
        }
    }

    private void dropping(QueueView queue, Told told, Instant now) {
        DroppedEvents loss = queue.lastLoss();
        boolean more = queue.dropped() > told.dropped;
        if (more && (ending || due(told.droppingAt, told.dropping, now))) {
            LOG.warn(
                    "queue_dropping queue={} capacity={} dropped={} total={} {}",
                    queue.name(),
                    queue.capacity(),
                    queue.dropped() - told.dropped,
                    queue.dropped(),
                    span(loss));
            told.dropped = queue.dropped();
            told.dropping = true;
            told.droppingAt = now;
        }
        if (!queue.dropping() && told.dropping) {
            LOG.info(
                    "queue_drained queue={} dropped={} since={} until={} {}",
                    queue.name(),
                    loss.events(),
                    loss.since(),
                    loss.until(),
                    span(loss));
            told.dropped = queue.dropped();
            told.dropping = false;
        }
    }

    private void failing(QueueView queue, Told told, Instant now) {
        Instant since = queue.failingSince();
        if (since != null
                && since.plus(PATIENCE).isBefore(now)
                && due(told.failingAt, told.failingSince != null, now)) {
            if (told.failingSince == null) {
                told.failingSince = since;
            }
            told.failingAt = now;
            told.delivered = queue.delivered();
            LOG.warn(
                    "queue_failing queue={} waiting={} capacity={} failing_since={} failure=\"{}\"; it is tried again",
                    queue.name(),
                    queue.size(),
                    queue.capacity(),
                    told.failingSince,
                    redact.apply(queue.failure()));
        } else if (told.failingSince != null && queue.delivered() > told.delivered) {
            LOG.info(
                    "queue_recovered queue={} after_ms={} waiting={}",
                    queue.name(),
                    Duration.between(told.failingSince, now).toMillis(),
                    queue.size());
            told.failingSince = null;
        }
    }

    private static boolean due(Instant last, boolean goesOn, Instant now) {
        return last == null || !last.plus(goesOn ? REPEAT : AGAIN).isAfter(now);
    }

    private static String span(DroppedEvents loss) {
        return (loss.fromMicros() < 0
                        ? ""
                        : "from=" + Times.instant(loss.fromMicros()) + " to=" + Times.instant(loss.toMicros()) + " ")
                + "symbols=" + loss.symbols();
    }
}
