package dev.livefeed.app.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a queue starts to drop events or its sink starts to fail, and when that ends; an ongoing problem is
 * repeated once a minute with its counts. Not thread-safe.
 */
public final class QueueLog {

    private static final Logger LOG = LoggerFactory.getLogger(QueueLog.class);
    /** What was last logged about a queue. */
    private static final class Reported {

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
    private final Map<String, Reported> reported = new HashMap<>();
    private boolean ending;

    /** @param redact takes secrets out of reasons */
    public QueueLog(BoundedQueues<?> queues, UnaryOperator<String> redact) {
        this.queues = queues;
        this.redact = redact;
    }

    /** Checks every queue and logs what is new. */
    public void report(Instant now) {
        List<QueueView> views = queues.views();
        views.forEach(view -> report(view, reported.computeIfAbsent(view.name(), name -> new Reported()), now));
        reported.keySet().retainAll(views.stream().map(QueueView::name).toList());
    }

    /** Logs the final state at shutdown: undelivered events are lost, and there is no later report. */
    public void end(Instant now) {
        ending = true;
        report(now);
        for (BoundedQueue<?> queue : queues.all()) {
            DroppedEvents rest = queue.undeliveredEvents();
            if (rest != null) {
                LOG.warn("queue_not_delivered queue={} events={} {}", queue.name(), rest.events(), rest.logged());
            }
        }
    }

    private void report(QueueView queue, Reported reported, Instant now) {
        dropping(queue, reported, now);
        failing(queue, reported, now);
        if (queue.failed() > reported.failed && (ending || ReportTimes.due(reported.failedAt, true, now))) {
            LOG.warn(
                    "queue_events_failed queue={} events={} total={} failure=\"{}\"",
                    queue.name(),
                    queue.failed() - reported.failed,
                    queue.failed(),
                    redact.apply(queue.failure()));
            reported.failed = queue.failed();
            reported.failedAt = now;
        }
    }

    private void dropping(QueueView queue, Reported reported, Instant now) {
        DroppedEvents loss = queue.lastLoss();
        boolean more = queue.dropped() > reported.dropped;
        if (more && (ending || ReportTimes.due(reported.droppingAt, reported.dropping, now))) {
            LOG.warn(
                    "queue_dropping queue={} capacity={} dropped={} total={} {}",
                    queue.name(),
                    queue.capacity(),
                    queue.dropped() - reported.dropped,
                    queue.dropped(),
                    loss.logged());
            reported.dropped = queue.dropped();
            reported.dropping = true;
            reported.droppingAt = now;
        }
        if (!queue.dropping() && reported.dropping) {
            LOG.info(
                    "queue_drained queue={} dropped={} since={} until={} {}",
                    queue.name(),
                    loss.events(),
                    loss.since(),
                    loss.until(),
                    loss.logged());
            reported.dropped = queue.dropped();
            reported.dropping = false;
        }
    }

    private void failing(QueueView queue, Reported reported, Instant now) {
        Instant since = queue.failingSince();
        if (ReportTimes.fails(since, now) && ReportTimes.due(reported.failingAt, reported.failingSince != null, now)) {
            if (reported.failingSince == null) {
                reported.failingSince = since;
            }
            reported.failingAt = now;
            reported.delivered = queue.delivered();
            LOG.warn(
                    "queue_failing queue={} waiting={} capacity={} failing_since={} failure=\"{}\"; it is retried",
                    queue.name(),
                    queue.size(),
                    queue.capacity(),
                    reported.failingSince,
                    redact.apply(queue.failure()));
        } else if (reported.failingSince != null && queue.delivered() > reported.delivered) {
            LOG.info(
                    "queue_recovered queue={} after_ms={} waiting={}",
                    queue.name(),
                    Duration.between(reported.failingSince, now).toMillis(),
                    queue.size());
            reported.failingSince = null;
        }
    }
}
