package dev.livefeed.app.sink;

import dev.livefeed.app.queue.DroppedEvents;
import dev.livefeed.app.queue.ReportTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a sink or its buffer starts to fail or to lose events, and when that ends; an ongoing problem is repeated
 * once a minute with its counts. Not thread-safe.
 */
public final class SinkLog {

    private static final Logger LOG = LoggerFactory.getLogger(SinkLog.class);
    /** What was last logged about a sink. */
    private static final class Reported {

        private long lost;
        private boolean losing;
        private Instant losingAt;
        private Instant failingSince;
        private Instant failingAt;
        private Instant diskSince;
        private Instant diskAt;
        private long damaged;
        private long refused;
        private Instant refusedAt;
    }

    private final SinkBuffers buffers;
    private final UnaryOperator<String> redact;
    private final Map<String, Reported> reported = new HashMap<>();
    private boolean ending;

    /** @param redact takes secrets out of reasons */
    public SinkLog(SinkBuffers buffers, UnaryOperator<String> redact) {
        this.buffers = buffers;
        this.redact = redact;
    }

    /** Checks every buffer and logs what is new. */
    public void report(Instant now) {
        for (SinkView sink : buffers.views()) {
            Reported last = reported.computeIfAbsent(sink.name(), name -> new Reported());
            losing(sink, last, now);
            failing(sink, last, now);
            disk(sink, last, now);
            refused(sink, last, now);
            if (sink.counters().damaged() > last.damaged) {
                LOG.error(
                        "sink_buffer_damaged sink={} events={}: they could not be read again from {}",
                        sink.name(),
                        sink.counters().damaged() - last.damaged,
                        "SINK_DIR");
                last.damaged = sink.counters().damaged();
            }
        }
    }

    /** Logs the final state at shutdown, after the buffers were closed. */
    public void end(Instant now) {
        ending = true;
        report(now);
        for (SinkView sink : buffers.views()) {
            if (sink.waiting().events() > 0) {
                LOG.info(
                        "sink_events_kept sink={} waiting={}: the next run delivers them",
                        sink.name(),
                        sink.waiting().events());
            }
        }
    }

    private void losing(SinkView sink, Reported last, Instant now) {
        DroppedEvents loss = sink.losses().last();
        long lost = sink.counters().lost();
        if (lost > last.lost && (ending || ReportTimes.due(last.losingAt, last.losing, now))) {
            LOG.warn(
                    "sink_losing sink={} lost={} total={} reason=\"{}\" {}",
                    sink.name(),
                    lost - last.lost,
                    lost,
                    redact.apply(sink.losses().reason()),
                    loss.logged());
            last.lost = lost;
            last.losing = true;
            last.losingAt = now;
        }
        if (!sink.losses().ongoing() && last.losing) {
            LOG.info(
                    "sink_gap_announced sink={} lost={} since={} until={} {}",
                    sink.name(),
                    loss.events(),
                    loss.since(),
                    loss.until(),
                    loss.logged());
            last.lost = lost;
            last.losing = false;
        }
    }

    private void failing(SinkView sink, Reported last, Instant now) {
        Instant since = sink.failures().since();
        if (ReportTimes.fails(since, now) && ReportTimes.due(last.failingAt, last.failingSince != null, now)) {
            if (last.failingSince == null) {
                last.failingSince = since;
            }
            last.failingAt = now;
            LOG.warn(
                    "sink_failing sink={} waiting={} bytes={} failing_since={} failure=\"{}\"; it is retried",
                    sink.name(),
                    sink.waiting().events(),
                    sink.waiting().bytes(),
                    last.failingSince,
                    redact.apply(sink.failures().last()));
        } else if (since == null && last.failingSince != null) {
            LOG.info(
                    "sink_recovered sink={} after_ms={} waiting={}",
                    sink.name(),
                    Duration.between(last.failingSince, now).toMillis(),
                    sink.waiting().events());
            last.failingSince = null;
        }
    }

    private void disk(SinkView sink, Reported last, Instant now) {
        Instant since = sink.failures().diskSince();
        if (since != null && ReportTimes.due(last.diskAt, last.diskSince != null, now)) {
            last.diskSince = since;
            last.diskAt = now;
            LOG.error(
                    "sink_buffer_failing sink={} since={} reason=\"{}\"",
                    sink.name(),
                    since,
                    sink.failures().disk());
        } else if (since == null && last.diskSince != null) {
            LOG.info("sink_buffer_usable sink={} failing_since={}", sink.name(), last.diskSince);
            last.diskSince = null;
        }
    }

    private void refused(SinkView sink, Reported last, Instant now) {
        long refused = sink.counters().refused();
        if (refused > last.refused && (ending || ReportTimes.due(last.refusedAt, last.refused > 0, now))) {
            LOG.warn(
                    "sink_refused sink={} events={} total={} failure=\"{}\"",
                    sink.name(),
                    refused - last.refused,
                    refused,
                    redact.apply(sink.failures().refusal()));
            last.refused = refused;
            last.refusedAt = now;
        }
    }
}
