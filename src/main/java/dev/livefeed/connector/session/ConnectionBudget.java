package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the connection attempts of this process to one host: one attempt at a time, in the order of request, and no
 * more within five minutes than the venue allows.
 *
 * <p>A session calls {@link #mayOpen} until it returns true; a session that has not called it for a second loses its
 * place. A pending attempt blocks the others for at most {@value #SLOT_MILLIS} ms. After {@link #block} all attempts
 * wait; while the host is {@link HostOutage down}, one session tries for all.
 */
public final class ConnectionBudget {

    /** The period over which the venue counts attempts. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int SLOT_MILLIS = 2_000;
    private static final long REQUEST_EXPIRY_NANOS = 1_000_000_000L;

    private final TimeSource time;
    private final HostOutage outage;

    /** The sessions that wait for their turn, in order, with the time of their last request. */
    private final Map<Object, Long> waiting = new LinkedHashMap<>();

    /** Times of the last attempts: a ring with as many entries as attempts are allowed. */
    private final long[] attempts;

    private int next;
    private int recorded;
    private Object opening;
    private long openingSince;
    private boolean blocked;
    private long blockedUntil;

    /**
     * @param maxAttempts within {@link #WINDOW}
     */
    public ConnectionBudget(TimeSource time, int maxAttempts) {
        this.time = time;
        this.attempts = new long[maxAttempts];
        this.outage = new HostOutage(time, maxAttempts);
    }

    /** Whether the caller may open its connection now. True counts as an attempt, which ends with {@link #done}. */
    boolean mayOpen(Object caller) {
        long now = time.nanos();
        waiting.put(caller, now);
        waiting.values().removeIf(requestedAt -> now - requestedAt > REQUEST_EXPIRY_NANOS);
        boolean free = opening == null || opening == caller || now - openingSince > SLOT_MILLIS * 1_000_000L;
        if (!free || waiting.keySet().iterator().next() != caller || blockedNanos() > 0 || usedUpNanos() > 0) {
            return false;
        }
        if (!outage.mayTry()) {
            return false;
        }
        outage.tried();
        waiting.remove(caller);
        opening = caller;
        openingSince = now;
        count(now);
        return true;
    }

    /**
     * Whether a connection may be opened without waiting for a turn, such as the private one. True counts as an
     * attempt.
     */
    public boolean mayOpenUnqueued() {
        if (blockedNanos() > 0 || usedUpNanos() > 0) {
            return false;
        }
        count(time.nanos());
        return true;
    }

    private void count(long now) {
        attempts[next] = now;
        next = (next + 1) % attempts.length;
        recorded = Math.min(attempts.length, recorded + 1);
    }

    /** The caller's attempt has succeeded or failed, or the caller no longer needs a connection. */
    void done(Object caller) {
        waiting.remove(caller);
        if (opening == caller) {
            opening = null;
        }
    }

    /** What the attempts of all sessions say of the host. */
    HostOutage outage() {
        return outage;
    }

    /** Blocks all attempts for this time, because the venue rejects the whole host. */
    void block(long nanos) {
        long until = time.nanos() + nanos;
        if (!blocked || until - blockedUntil > 0) {
            blocked = true;
            blockedUntil = until;
        }
    }

    /** Nanoseconds until an attempt is allowed again; 0 if the limit is not reached. */
    long usedUpNanos() {
        if (recorded < attempts.length) {
            return 0;
        }
        return Math.max(0, attempts[next] + WINDOW.toNanos() - time.nanos());
    }

    /** Number of attempts in the last five minutes. */
    public int recentAttempts() {
        int recent = 0;
        for (int i = 0; i < recorded; i++) {
            if (time.nanos() - attempts[i] < WINDOW.toNanos()) {
                recent++;
            }
        }
        return recent;
    }

    private long blockedNanos() {
        if (!blocked) {
            return 0;
        }
        long left = blockedUntil - time.nanos();
        blocked = left > 0;
        return Math.max(0, left);
    }
}
