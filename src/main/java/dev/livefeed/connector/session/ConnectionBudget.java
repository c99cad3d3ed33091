package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets connections to one host be opened one after the other, and no more of them than the venue allows: so many
 * within five minutes, all connections of this process together.
 *
 * <p>Who wants to open asks again and again until it may; turns are given in the order of asking, and who has not
 * asked for a second has none. An attempt that hangs keeps the others for {@value #SLOT_MILLIS} ms and no longer.
 * After a refusal that means the whole host everyone waits.
 */
public final class ConnectionBudget {

    /** The venue counts over so long. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int SLOT_MILLIS = 2_000;
    private static final long FORGOTTEN = 1_000_000_000L;

    private final TimeSource time;

    /** Who wants to open, in the order of asking, with the time of the last asking. */
    private final Map<Object, Long> asking = new LinkedHashMap<>();

    /** When the last attempts were made, as a ring of as many as are allowed. */
    private final long[] attempts;

    private int next;
    private int made;
    private Object opening;
    private long openingSince;
    private boolean held;
    private long heldUntil;

    /**
     * @param most attempts within {@link #WINDOW}
     */
    public ConnectionBudget(TimeSource time, int most) {
        this.time = time;
        this.attempts = new long[most];
    }

    /** Whether the caller may open its connection now; a yes is an attempt made, and ends with {@link #done}. */
    boolean mayOpen(Object caller) {
        long now = time.nanos();
        asking.put(caller, now);
        asking.values().removeIf(askedAt -> now - askedAt > FORGOTTEN);
        boolean free = opening == null || opening == caller || now - openingSince > SLOT_MILLIS * 1_000_000L;
        if (!free || asking.keySet().iterator().next() != caller || holdNanos() > 0 || usedUpNanos() > 0) {
            return false;
        }
        asking.remove(caller);
        opening = caller;
        openingSince = now;
        count(now);
        return true;
    }

    /**
     * Whether a connection may be opened that lets nobody wait for it, such as the private one; it is counted all the
     * same.
     */
    public boolean mayOpenBeside() {
        if (holdNanos() > 0 || usedUpNanos() > 0) {
            return false;
        }
        count(time.nanos());
        return true;
    }

    private void count(long now) {
        attempts[next] = now;
        next = (next + 1) % attempts.length;
        made = Math.min(attempts.length, made + 1);
    }

    /** The caller's attempt has ended, well or not, or it wants no connection any more. */
    void done(Object caller) {
        asking.remove(caller);
        if (opening == caller) {
            opening = null;
        }
    }

    /** Nobody may open for so long: the venue has refused us as a whole. */
    void hold(long nanos) {
        long until = time.nanos() + nanos;
        if (!held || until - heldUntil > 0) {
            held = true;
            heldUntil = until;
        }
    }

    /** For how many nanoseconds the allowed number is used up; 0 where it is not. */
    long usedUpNanos() {
        if (made < attempts.length) {
            return 0;
        }
        return Math.max(0, attempts[next] + WINDOW.toNanos() - time.nanos());
    }

    /** Attempts of the last five minutes. */
    public int recentAttempts() {
        int recent = 0;
        for (int i = 0; i < made; i++) {
            if (time.nanos() - attempts[i] < WINDOW.toNanos()) {
                recent++;
            }
        }
        return recent;
    }

    private long holdNanos() {
        if (!held) {
            return 0;
        }
        long left = heldUntil - time.nanos();
        held = left > 0;
        return Math.max(0, left);
    }
}
