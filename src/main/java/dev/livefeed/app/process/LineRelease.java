package dev.livefeed.app.process;

import dev.livefeed.app.feed.DeadLetters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the feed of a line whose route has been replaced, since the step that holds it may never return: the thread
 * is interrupted, then abandoned, and the next line goes on. The line becomes a dead letter.
 */
public final class LineRelease {

    private static final Logger LOG = LoggerFactory.getLogger(LineRelease.class);
    /** For the line to leave by itself, and then to leave because of the interrupt. */
    private static final long PATIENCE_MILLIS = 2_000;

    /** What a line gets in all when the application stops, which must not take 7 s. */
    private static final long LEAST_STOPPING_MILLIS = 4_500;

    private final LineGate turn;
    private final LineLocator line;
    private final DeadLetters letters;
    private volatile boolean stopping;
    private volatile int released;
    private LineGate.Visit visit;
    private long at;
    private boolean interrupted;

    public LineRelease(LineGate turn, LineLocator line, DeadLetters letters) {
        this.turn = turn;
        this.line = line;
        this.letters = letters;
    }

    /** The application stops: whatever line is inside must leave. */
    public void stop() {
        stopping = true;
    }

    /** How many lines did not leave by themselves: the routes count them as being inside for ever. */
    public int released() {
        return released;
    }

    /** Looks whether a line has to be freed; several times a second, by one thread. */
    public void look(long now) {
        LineGate.Visit inside = turn.inside();
        if (inside == null || !(stopping || line.replaced())) {
            visit = null;
            return;
        }
        if (visit == null || inside.since() != visit.since() || inside.thread() != visit.thread()) {
            at = now;
            interrupted = false;
        }
        visit = inside;
        if (now - at < PATIENCE_MILLIS || (stopping && now - inside.since() < LEAST_STOPPING_MILLIS)) {
            return;
        }
        RouteStep place = line.place();
        if (!interrupted) {
            visit = turn.interrupt(inside);
            interrupted = visit != null;
            at = now;
            if (interrupted) {
                released++;
                LOG.warn(
                        "feed_step_interrupted route={} step={} seconds={}: {}, and the step has not returned",
                        place.route(),
                        place.step(),
                        (now - inside.since()) / 1_000,
                        why());
            }
        } else {
            abandon(inside, place, (now - inside.since()) / 1_000);
        }
    }

    private void abandon(LineGate.Visit held, RouteStep place, long seconds) {
        line.abandoned();
        if (!turn.abandon(held)) {
            return;
        }
        LOG.error(
                "feed_step_abandoned route={} step={} seconds={}: {}, and the step ignores interrupts; its thread {} is"
                        + " left behind, the feed goes on with the next line",
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
