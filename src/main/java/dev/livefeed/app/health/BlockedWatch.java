package dev.livefeed.app.health;

import dev.livefeed.app.process.LineGate;
import dev.livefeed.app.process.LineLocator;
import dev.livefeed.app.process.RouteStep;
import dev.livefeed.logging.Occurrences;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a line that has been in the routes for too long. It logs the start, reminders after 10 s, after a minute and
 * then every five minutes, and the end.
 */
public final class BlockedWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BlockedWatch.class);
    private static final long[] REMINDERS = {10_000, 60_000};
    private static final long REMINDER_INTERVAL = 300_000;
    /** A step that blocks again within this time is counted as a repetition. */
    private static final long REPETITION = 60_000;

    /** A line that a step holds for too long. */
    public record Blocked(RouteStep place, long millis) {

        /** Readable form, as in health. */
        @Override
        public String toString() {
            return "blocked: " + place + ", " + millis / 1_000 + " s";
        }
    }

    private final LineGate gate;
    private final LineLocator line;
    private final long limit;
    private volatile long episodes;
    private volatile Supplier<Blocked> other = () -> null;

    private LineGate.Visit watched;
    private Blocked last;
    private long nextLog;
    private boolean logged;
    private int repeats;
    private long endedAt;

    /** @param limit a line that is in the routes for longer is blocked */
    public BlockedWatch(LineGate gate, LineLocator line, Duration limit) {
        this.gate = gate;
        this.line = line;
        this.limit = limit.toMillis();
    }

    /** A line of another connector, which holds up this one too. */
    public void beside(Supplier<Blocked> blockedOther) {
        other = blockedOther;
    }

    /** The blocked line, of this connector or of another one that holds up all; null if there is none. */
    public Blocked now() {
        Blocked blocked = own();
        return blocked == null ? other.get() : blocked;
    }

    /** The blocked line of this connector, or null. */
    public Blocked own() {
        long millis = gate.currentMillis();
        return millis > 0 && millis >= limit ? new Blocked(line.place(), millis) : null;
    }

    /** Number of times a line was blocked. */
    public long episodes() {
        return episodes;
    }

    /** Checks the current line and logs changes. Called several times a second by one thread. */
    public void check(long now) {
        LineGate.Visit visit = gate.current();
        if (watched != null && !same(visit)) {
            ended(now);
        }
        Blocked blocked = visit == null ? null : own();
        if (blocked == null) {
            return;
        }
        if (watched == null) {
            begun(blocked, now);
        } else if (logged && blocked.millis() >= nextLog) {
            log(blocked);
        }
        watched = visit;
        last = blocked;
    }

    private boolean same(LineGate.Visit visit) {
        return visit != null && visit.since() == watched.since() && visit.thread() == watched.thread();
    }

    private void begun(Blocked blocked, long now) {
        episodes++;
        boolean again = last != null && last.place().isAt(blocked.place()) && now - endedAt < REPETITION;
        repeats = again ? repeats + 1 : 1;
        logged = Occurrences.isLogged(repeats);
        if (logged) {
            log(blocked);
        }
    }

    private void log(Blocked blocked) {
        RouteStep place = blocked.place();
        LOG.warn(
                "feed_blocked route={} step={} seconds={} type={} symbol={} times={}: the feed waits for this step;"
                        + " make it faster, or edit it out of the route while the application runs",
                place.route(),
                place.step(),
                blocked.millis() / 1_000,
                place.type(),
                place.market(),
                repeats);
        nextLog = next(blocked.millis());
    }

    private static long next(long millis) {
        for (long repeat : REMINDERS) {
            if (millis < repeat) {
                return repeat;
            }
        }
        return (millis / REMINDER_INTERVAL + 1) * REMINDER_INTERVAL;
    }

    private void ended(long now) {
        endedAt = now;
        if (logged) {
            LOG.info(
                    "feed_unblocked route={} step={} seconds={}",
                    last.place().route(),
                    last.place().step(),
                    (now - watched.since()) / 1_000);
        }
        watched = null;
    }
}
