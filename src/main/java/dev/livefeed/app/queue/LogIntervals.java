package dev.livefeed.app.queue;

import java.time.Duration;
import java.time.Instant;

/** How often a problem of a queue or a sink is logged. */
public final class LogIntervals {

    private static final Duration REPEAT = Duration.ofMinutes(1);
    /** Minimum time between reports of a problem that comes and goes. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    /** A delivery that succeeds within this time is not a failure. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private LogIntervals() {}

    /**
     * Whether a report is due.
     *
     * @param last time of the last report, or null
     * @param ongoing whether the problem is the one that was reported then
     */
    public static boolean due(Instant last, boolean ongoing, Instant now) {
        return last == null || !last.plus(ongoing ? REPEAT : MIN_INTERVAL).isAfter(now);
    }

    /** Whether a delivery that has been retried since then counts as failing. */
    public static boolean isFailure(Instant since, Instant now) {
        return since.plus(GRACE).isBefore(now);
    }
}
