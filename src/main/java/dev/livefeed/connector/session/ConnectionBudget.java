package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Limits the connection attempts of this process to one host: one attempt at a time, in the order of request, and no
 * more within five minutes than the venue allows.
 *
 * <p>A session calls {@link #mayOpen} until it returns true; a session that has not called it for a second loses its
 * place. A pending attempt blocks the others for at most {@value #SLOT_MILLIS} ms. After {@link #block} all attempts
 * wait; while the host is {@link Outage down}, one session tries for all. A failure that only concerns a path, such as
 * a 404, counts for the sessions of that path.
 */
public final class ConnectionBudget {

    /** The period over which the venue counts attempts. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Refusals of the address, its country, its rate or its login at a proxy. */
    private static final Set<Integer> REFUSALS = Set.of(403, 407, 408, 418, 429, 451);

    private static final int SLOT_MILLIS = 2_000;
    private static final long REQUEST_EXPIRY_NANOS = 1_000_000_000L;

    private final TimeSource time;
    private final Outage host;
    private final Map<URI, Outage> paths = new HashMap<>();

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
        this.host = new Outage("host", time, maxAttempts);
    }

    /**
     * Whether the caller may open its connection now. True counts as an attempt, which ends with {@link #done}.
     *
     * @param uri of the connection
     */
    boolean mayOpen(Object caller, URI uri) {
        long now = time.nanos();
        Outage path = paths.get(uri);
        if (path != null && !path.mayTry()) {
            waiting.remove(caller);
            return false;
        }
        waiting.put(caller, now);
        waiting.values().removeIf(requestedAt -> now - requestedAt > REQUEST_EXPIRY_NANOS);
        boolean free = opening == null || opening == caller || now - openingSince > SLOT_MILLIS * 1_000_000L;
        if (!free || waiting.keySet().iterator().next() != caller || blockedNanos() > 0 || usedUpNanos() > 0) {
            return false;
        }
        if (!host.mayTry()) {
            return false;
        }
        host.tried();
        if (path != null) {
            path.tried();
        }
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

    /**
     * An attempt has failed, or its connection ended before it was of any use.
     *
     * @param httpStatus of the handshake, 0 if it was not answered
     */
    void failed(Object caller, URI uri, int httpStatus) {
        if (concernsHost(httpStatus)) {
            host.failed(caller);
        } else {
            host.answered();
            paths.computeIfAbsent(uri, one -> new Outage(one.toString(), time, attempts.length))
                    .failed(caller);
        }
    }

    /** No answer, an error of the server, or a refusal of this address; other statuses are about the request. */
    private static boolean concernsHost(int httpStatus) {
        return httpStatus == 0 || httpStatus >= 500 || REFUSALS.contains(httpStatus);
    }

    /** A connection has proved useful. */
    void proven(URI uri) {
        host.proven();
        Outage path = paths.get(uri);
        if (path != null) {
            path.proven();
        }
    }

    /** How many outages have ended: a change means that waits begun before are over. */
    int recoveries(URI uri) {
        Outage path = paths.get(uri);
        return host.recoveries() + (path == null ? 0 : path.recoveries());
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
