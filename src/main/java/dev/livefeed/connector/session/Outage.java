package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a host, or one of its paths, is down for all its sessions. Begins when {@value #FAILURES} attempts in a row,
 * of at least two sessions, have failed; then one attempt at a time is made for all, 0.5 s to 5 s apart. Ends when a
 * connection has stayed open for {@value #PROVEN_MILLIS} ms or was useful; all sessions may connect at once then.
 */
final class Outage {

    /** Attempts in a row that must fail. */
    static final int FAILURES = 3;

    static final int PROVEN_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final long FIRST_NANOS = 500_000_000L;
    private static final long LONGEST_NANOS = 5_000_000_000L;

    private final String what;
    private final TimeSource time;
    private final long longest;
    private Object lastFailed;
    private boolean several;
    private int failures;
    private boolean down;
    private long since;
    private long probeAt;
    private long wait;
    private int recoveries;

    /**
     * @param what host or path, for the log
     * @param maxAttempts within {@link ConnectionBudget#WINDOW}, of which an outage uses at most half
     */
    Outage(String what, TimeSource time, int maxAttempts) {
        this.what = what;
        this.time = time;
        this.longest = Math.max(LONGEST_NANOS, 2 * ConnectionBudget.WINDOW.toNanos() / Math.max(2, maxAttempts));
    }

    /** Whether an attempt may be made now; always, unless it is down. */
    boolean mayTry() {
        return !down || time.nanos() - probeAt >= 0;
    }

    /** An attempt is made: the next one waits, if it is down. */
    void tried() {
        if (down) {
            wait = Math.min(longest, wait * 2);
            probeAt = time.nanos() + wait;
        }
    }

    /** An attempt has failed, or its connection ended before it was of any use. */
    void failed(Object caller) {
        several = failures > 0 && (several || caller != lastFailed);
        lastFailed = caller;
        failures++;
        if (!down && several && failures >= FAILURES) {
            down = true;
            since = time.nanos();
            wait = FIRST_NANOS;
            probeAt = since + wait;
            LOG.info("outage_began target=\"{}\": one connection tries for all", what);
        }
    }

    /** An attempt has failed for a reason of its own. That ends no outage: others may still not be served. */
    void answered() {
        if (!down) {
            failures = 0;
        }
    }

    /** A connection has proved useful. */
    void proven() {
        failures = 0;
        if (down) {
            down = false;
            recoveries++;
            LOG.info(
                    "outage_ended target=\"{}\" after_s={}: all connect now",
                    what,
                    Duration.ofNanos(time.nanos() - since).toSeconds());
        }
    }

    /** How many outages have ended: a change means that waits begun before are over. */
    int recoveries() {
        return recoveries;
    }
}
