package dev.livefeed.connector.bybit.topic;

/**
 * How long one topic may be silent, and whether its silence was said. A topic that is often quiet is given more time.
 */
public final class SilenceLimit {

    private static final long HOUR = 3_600_000_000_000L;
    /** A limit grows to 32 times itself. */
    private static final int MOST_DOUBLINGS = 5;

    private boolean said;
    private long saidAt;
    private long silentSince;
    private long askAgainAt;
    private long wait;
    private int doublings;
    private long calmSince;

    /** Whether its present silence was said. */
    public boolean said() {
        return said;
    }

    /** When the silence that was said began. */
    public long silentSince() {
        return silentSince;
    }

    /** Whether a silence of that length is longer than the topic's limit by now. */
    public boolean exceeded(long silence, long limit) {
        return !said && silence > limit << doublings;
    }

    public void say(long since, long now, long limit) {
        said = true;
        saidAt = now;
        silentSince = since;
        wait = 2 * limit;
        askAgainAt = now + wait;
    }

    /** Whether the topic should be asked for once more; each time after a longer wait. */
    public boolean askAgain(long now) {
        if (!said || now - askAgainAt < 0) {
            return false;
        }
        wait = Math.min(HOUR, 2 * wait);
        askAgainAt = now + wait;
        return true;
    }

    /**
     * The topic's last frame came at that time.
     *
     * @return whether the silence that was said is over by it
     */
    public boolean heard(long at, long now) {
        if (said && at - saidAt > 0) {
            said = false;
            doublings = Math.min(MOST_DOUBLINGS, doublings + 1);
            calmSince = now;
            return true;
        }
        if (!said && doublings > 0 && now - calmSince > HOUR) {
            doublings--;
            calmSince = now;
        }
        return false;
    }

    /** The topic has ended: what is silent now is something else. */
    public void forget() {
        said = false;
    }
}
