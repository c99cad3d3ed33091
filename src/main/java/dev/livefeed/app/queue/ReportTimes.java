package dev.livefeed.app.queue;

import java.time.Duration;
import java.time.Instant;

/**
 * When problems of queues and sinks are logged, and how long they are alarms. A clock that is set back delays nothing.
 */
public final class ReportTimes {

    /** How long a loss remains an alarm after its last event. */
    public static final Duration RECENT = Duration.ofMinutes(5);

    private static final Duration REPEAT = Duration.ofMinutes(1);
    /** Minimum time between reports of a problem that comes and goes. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    /** A delivery that succeeds within this time is not a failure. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private ReportTimes() {}

    /** Whether a problem is to be logged that was last logged at a time, or never, and is ongoing since then or not. */
    public static boolean due(Instant last, boolean ongoing, Instant now) {
        return last == null || older(last, ongoing ? REPEAT : MIN_INTERVAL, now);
    }

    /** Whether a delivery that began at that time is a failure by now. */
    public static boolean fails(Instant since, Instant now) {
        return since != null && older(since, GRACE, now);
    }

    /** Whether a time is at least the given age ago, or lies in the future. */
    public static boolean older(Instant time, Duration age, Instant now) {
        return time.isAfter(now) || !time.plus(age).isAfter(now);
    }

    /** Whether what ended at that time is still an alarm; one in the future ended before the clock was set back. */
    public static boolean recent(Instant until, Instant now) {
        return until != null && !older(until, RECENT, now);
    }
}
