package dev.livefeed.app.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Derives alarms, as texts for people, from the state of a queue. */
public final class QueueAlarms {

    /** Age at which the oldest event is an alarm. */
    static final Duration OLD = Duration.ofSeconds(10);

    static final double NEARLY_FULL = 0.8;

    private QueueAlarms() {}

    /** Returns one line for each alarm. */
    public static List<String> of(QueueView queue, Instant now) {
        List<String> alarms = new ArrayList<>();
        DroppedEvents loss = queue.lastLoss();
        if (loss != null && (queue.dropping() || ReportTimes.recent(loss.until(), now))) {
            alarms.add("queue " + queue.name() + " dropped " + loss.told() + ": it was full with " + queue.capacity());
        }
        if (ReportTimes.recent(queue.failedAt(), now)) {
            alarms.add("queue " + queue.name() + ": the route that reads it gave up " + queue.failed()
                    + " events, the last at " + queue.failedAt().truncatedTo(ChronoUnit.MILLIS) + " (" + queue.failure()
                    + "); let it use routeConfigurationId: sinks to keep them");
        }
        if (queue.size() > 0 && queue.readers() == 0) {
            alarms.add("queue " + queue.name() + " holds " + queue.size()
                    + " events and no route reads it: add a route from " + "seda:" + queue.name());
        } else if (queue.oldestMillis() > OLD.toMillis()) {
            alarms.add("queue " + queue.name() + " is behind by " + queue.oldestMillis() / 1_000 + " s"
                    + (queue.failingSince() == null ? ": its sink is slow" : ": its sink fails: " + queue.failure()));
        }
        if (queue.fill() >= NEARLY_FULL) {
            alarms.add("queue " + queue.name() + " holds " + queue.size() + " of at most " + queue.capacity()
                    + " events; what finds it full is lost or waits");
        }
        return alarms;
    }
}
