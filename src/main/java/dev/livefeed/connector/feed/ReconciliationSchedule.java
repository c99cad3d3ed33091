package dev.livefeed.connector.feed;

/**
 * When a stream is compared with the venue's REST data because it is silent: after 20 s, then after twice of it and so
 * on up to five minutes. Data that is lost on a connection that stays open shows with the next frame only.
 */
public final class ReconciliationSchedule {

    private static final long SECOND = 1_000_000_000L;
    private static final long FIRST = 20 * SECOND;
    private static final long LONGEST = 300 * SECOND;

    private long wait = FIRST;
    private long dueAt;

    /** @param now nanoseconds of the monotonic clock, as in all methods */
    public ReconciliationSchedule(long now) {
        dueAt = now + FIRST;
    }

    /** A frame of the stream was received, or it was subscribed. */
    public void heard(long now) {
        wait = FIRST;
        dueAt = now + FIRST;
    }

    /** It is compared now. */
    public void compared(long now) {
        wait = Math.min(LONGEST, 2 * wait);
        dueAt = now + wait;
    }

    /** The comparison has shown that data was lost: the next waits are short again. */
    public void lost() {
        wait = FIRST;
    }

    /** Nanoseconds since it became due; negative if it is not. */
    public long overdue(long now) {
        return now - dueAt;
    }
}
