package dev.livefeed.app.process;

import dev.livefeed.app.feed.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the feed from a line whose route has been replaced and whose step may never return: its thread is
 * interrupted, then abandoned, and the next line is processed. An abandoned line becomes a dead letter.
 */
public final class LineRelease {

    private static final Logger LOG = LoggerFactory.getLogger(LineRelease.class);
    /** Time for the line to leave by itself, and then again after the interrupt. */
    private static final long GRACE_MILLIS = 2_000;

    /** Minimum total time for a line while the application stops, which must not take more than 7 s. */
    private static final long MIN_STOPPING_MILLIS = 4_500;

    private final LineGate gate;
    private final LineLocator line;
    private final DeadLetters letters;
    private volatile boolean stopping;
    private volatile int released;
    private LineGate.Visit visit;
    private long at;
    private boolean interrupted;

    public LineRelease(LineGate gate, LineLocator line, DeadLetters letters) {
        this.gate = gate;
        this.line = line;
        this.letters = letters;
    }

    /** The application stops: the current line must leave the routes. */
    public void stop() {
        stopping = true;
    }

    /** Number of lines that did not leave by themselves; Camel counts them as in flight until the end. */
    public int released() {
        return released;
    }

    /** Releases the current line if it is due. Called several times a second by one thread. */
    public void check(long now) {
        LineGate.Visit current = gate.current();
        if (current == null || !(stopping || line.replaced())) {
            visit = null;
            return;
        }
        if (visit == null || current.since() != visit.since() || current.thread() != visit.thread()) {
            at = now;
            interrupted = false;
        }
        visit = current;
        if (now - at < GRACE_MILLIS || (stopping && now - current.since() < MIN_STOPPING_MILLIS)) {
            return;
        }
        RouteStep place = line.place();
        if (!interrupted) {
            visit = gate.interrupt(current);
            interrupted = visit != null;
            at = now;
            if (interrupted) {
                released++;
                LOG.warn(
                        "feed_step_interrupted route={} step={} seconds={}: {}, and the step has not returned",
                        place.route(),
                        place.step(),
                        (now - current.since()) / 1_000,
                        why());
            }
        } else {
            abandon(current, place, (now - current.since()) / 1_000);
        }
    }

    private void abandon(LineGate.Visit held, RouteStep place, long seconds) {
        line.abandoned();
        if (!gate.abandon(held)) {
            return;
        }
        LOG.error(
                "feed_step_abandoned route={} step={} seconds={}: {}, and the step ignores interrupts; its thread {} is"
                        + " abandoned, the feed continues with the next line",
                place.route(),
                place.step(),
                seconds,
                why(),
                held.thread().getName());
        if (held.line() != null) {
            letters.add(held.line(), DeadLetters.STEP_ABANDONED, place + " held it for " + seconds + " s; " + why());
        }
        visit = null;
    }

    private String why() {
        return stopping ? "the application stops" : "a route that holds the line was replaced";
    }
}
