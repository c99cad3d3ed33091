package dev.livefeed.connector.feed;

import dev.livefeed.connector.sdk.TimeSource;
import dev.livefeed.connector.session.HttpAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads weighted requests over the minute in which the venue counts them.
 *
 * <p>A quarter of the limit may be used at once, and half of it is regained per minute, so that no minute sees more
 * than three quarters of it, wherever it begins; the rest is left to other programs at the same address. Requests in
 * the background leave a part of what may be used at once to the others. If the venue says that more is used than is
 * known here, nothing is sent until its minute is over.
 */
public final class WeightPerMinute implements RestBudget {

    private static final Logger LOG = LoggerFactory.getLogger(WeightPerMinute.class);
    private static final double MINUTE = 60e9;
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final double KEPT_FROM_BACKGROUND = 0.2;
    private static final double USED_UP = 0.9;

    /** Error of the venue's clock as it is known here, and between its servers. */
    private static final long MARGIN_MICROS = 500_000L;

    private final TimeSource time;
    private VenueClock clock;
    private int limit;
    private double most;
    private double left;
    private long updatedAt;
    private boolean usedUp;
    private long usedUpUntil;
    private int used;

    /** @param limit weight that the venue allows per minute, until it says another one */
    public WeightPerMinute(TimeSource time, int limit) {
        this.time = time;
        this.limit = limit;
        this.most = limit / 4.0;
        this.left = most;
        this.updatedAt = time.nanos();
    }

    /** Sets the venue's clock, by which its minutes begin. */
    public void follow(VenueClock venueClock) {
        clock = venueClock;
    }

    /** The venue says what it allows per minute. What was used stays used. */
    public void limit(int perMinute) {
        if (perMinute == limit) {
            return;
        }
        LOG.info("rest_weight_limit per_minute={} before={}", perMinute, limit);
        regain();
        limit = perMinute;
        left += limit / 4.0 - most;
        most = limit / 4.0;
    }

    /** Weight that the venue allows per minute. */
    public int limit() {
        return limit;
    }

    @Override
    public boolean allows(int weight, boolean inBackground) {
        regain();
        if (usedUp && time.nanos() - usedUpUntil < 0) {
            return false;
        }
        usedUp = false;
        // A request that is heavier than what may be used at once is sent when nothing else was.
        double needed = inBackground ? weight + most * KEPT_FROM_BACKGROUND : weight;
        return left >= Math.min(needed, most);
    }

    private void regain() {
        long now = time.nanos();
        left = Math.min(most, left + (now - updatedAt) / MINUTE * limit / 2);
        updatedAt = now;
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
            usedUp = true;
            usedUpUntil = time.nanos() + restOfMinute() * 1_000L;
        }
    }

    /** Microseconds until the venue begins to count again; a whole minute if its clock is not known. */
    private long restOfMinute() {
        if (clock == null || !clock.measured()) {
            return MINUTE_MICROS;
        }
        return MINUTE_MICROS - Math.floorMod(clock.micros(), MINUTE_MICROS) + MARGIN_MICROS;
    }

    /** Weight used in this minute, as the venue last said; other programs at the same address are included. */
    public int used() {
        return used;
    }
}
