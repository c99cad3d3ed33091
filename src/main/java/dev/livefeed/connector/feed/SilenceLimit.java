package dev.livefeed.connector.feed;

/**
 * Limits how long one topic may be silent, and records whether its silence was reported. The limit grows for a topic
 * that is often silent.
 */
public final class SilenceLimit {

    private static final long HOUR = 3_600_000_000_000L;
    /** A limit grows to at most 32 times its initial value. */
    private static final int MAX_DOUBLINGS = 5;

    private boolean reported;
    private long reportedAt;
    private long silentSince;
    private long retryAt;
    private long wait;
    private int doublings;
    private long calmSince;

    /** Whether the current silence was reported. */
    public boolean reported() {
        return reported;
    }

    /** Start of the reported silence. */
    public long silentSince() {
        return silentSince;
    }

    /** Whether a silence of that length exceeds the topic's current limit. */
    public boolean exceeded(long silence, long limit) {
        return !reported && silence > limit << doublings;
    }

    public void report(long since, long now, long limit) {
        reported = true;
        reportedAt = now;
        silentSince = since;
        wait = 2 * limit;
        retryAt = now + wait;
    }

    /** Whether the topic should be subscribed again; the waits between attempts grow. */
    public boolean retry(long now) {
        if (!reported || now - retryAt < 0) {
            return false;
        }
        wait = Math.min(HOUR, 2 * wait);
        retryAt = now + wait;
        return true;
    }

    /**
     * Handles the time of the topic's last frame.
     *
     * @return whether the frame ends a reported silence
     */
    public boolean heard(long at, long now) {
        if (reported && at - reportedAt > 0) {
            reported = false;
            doublings = Math.min(MAX_DOUBLINGS, doublings + 1);
            calmSince = now;
            return true;
        }
        if (!reported && doublings > 0 && now - calmSince > HOUR) {
            doublings--;
            calmSince = now;
        }
        return false;
    }

    /** The subscription has ended, and its silence with it. */
    public void forget() {
        reported = false;
    }
}
