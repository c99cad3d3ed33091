package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.session.HttpAnswer;

/**
 * Spreads weighted requests over the minute in which the venue counts them.
 *
 * <p>A quarter of the limit may be used at once, and half of it is regained per minute, so that no minute sees more
 * than three quarters of it, wherever it begins; the rest is left to other programs at the same address. Requests in
 * the background leave a part of what may be used at once to the others. If the venue says that more is used than is
 * known here, nothing is sent until its minute is over.
 */
public final class WeightPerMinute implements RestBudget {

    private static final double MINUTE = 60e9;
    private static final double KEPT_FROM_BACKGROUND = 0.2;
    private static final double USED_UP = 0.9;

    private final TimeSource time;
    private final int limit;
    private final double most;
    private double left;
    private long updatedAt;
    private boolean usedUp;
    private long usedUpUntilMicros;
    private int used;

    /** @param limit weight that the venue allows per minute */
    public WeightPerMinute(TimeSource time, int limit) {
        this.time = time;
        this.limit = limit;
        this.most = limit / 4.0;
        this.left = most;
        this.updatedAt = time.nanos();
    }

    @Override
    public boolean allows(int weight, boolean inBackground) {
        long now = time.nanos();
        left = Math.min(most, left + (now - updatedAt) / MINUTE * limit / 2);
        updatedAt = now;
        if (usedUp && time.micros() < usedUpUntilMicros) {
            return false;
        }
        usedUp = false;
        // A request that is heavier than what may be used at once is sent when nothing else was.
        double needed = inBackground ? weight + most * KEPT_FROM_BACKGROUND : weight;
        return left >= Math.min(needed, most);
    }

    @Override
    public void sent(int weight, boolean inBackground) {
        left -= weight;
    }

    @Override
    public void answered(HttpAnswer answer) {
        if (answer.usedWeight() < 0) {
            return;
        }
        used = answer.usedWeight();
        if (used > limit * USED_UP) {
            long minute = 60_000_000L;
            usedUp = true;
            usedUpUntilMicros = Math.floorDiv(time.micros(), minute) * minute + minute;
        }
    }

    /** Weight used in this minute, as the venue last said; other programs at the same address are included. */
    public int used() {
        return used;
    }
}
