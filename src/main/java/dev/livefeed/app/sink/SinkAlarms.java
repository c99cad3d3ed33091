package dev.livefeed.app.sink;

import dev.livefeed.app.queue.DroppedEvents;
import dev.livefeed.app.queue.ReportTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Derives alarms, as texts for people, from the state of a buffer. */
public final class SinkAlarms {

    /** After this time a failure is an alarm. */
    static final Duration FAILING = Duration.ofSeconds(10);

    static final double NEARLY_FULL = 0.8;

    private SinkAlarms() {}

    /** Returns one line for each alarm. */
    public static List<String> of(SinkView sink, Instant now) {
        List<String> alarms = new ArrayList<>();
        String name = "sink " + sink.name();
        DroppedEvents loss = sink.losses().last();
        if (loss != null && (sink.losses().ongoing() || ReportTimes.recent(loss.until(), now))) {
            alarms.add(name + " lost " + loss.told() + ": " + sink.losses().reason());
        }
        SinkView.Failures failures = sink.failures();
        if (failures.since() != null && ReportTimes.older(failures.since(), FAILING, now)) {
            alarms.add(name + " has taken nothing since " + failures.since() + " (" + failures.last() + "); "
                    + sink.waiting().events() + " events wait on the disk and are sent when it does");
        }
        if (failures.disk() != null) {
            alarms.add(name + " cannot use its buffer since " + failures.diskSince() + ": " + failures.disk());
        }
        if (ReportTimes.recent(failures.refusedAt(), now)) {
            alarms.add(name + " has refused " + sink.counters().refused() + " events, the last at "
                    + failures.refusedAt() + ": " + failures.refusal());
        }
        if (!sink.read()) {
            alarms.add(name + " has no route: add one from buffer:" + sink.name());
        }
        if (!sink.fed()) {
            alarms.add(
                    name + " gets no events: no route sends to buffer:sinks; take the files trades, depth, ... of this "
                            + "version, or add the step - to: buffer:sinks");
        }
        if (sink.fill() >= NEARLY_FULL) {
            alarms.add(name + " holds " + sink.waiting().bytes() / (1024 * 1024) + " of at most "
                    + sink.waiting().limitBytes() / (1024 * 1024)
                    + " MiB (SINK_BUFFER_MB); events that find it full are lost");
        }
        return alarms;
    }
}
