package dev.livefeed.connector.session;

import java.time.Duration;

/**
 * The rhythm of a connection's market data: tells a silence that means something from one that is usual for a quiet
 * market.
 *
 * <p>Pongs do not count. The mean gap between frames is kept as a moving average over the last hundred or so; a
 * silence must be many times as long to be unusual. A silence that a connection died of counts at once, since a
 * market that has become quiet would otherwise cost one connection after the other; the snapshots that a new
 * connection begins with do not.
 */
final class StallDetector {

    private static final double WEIGHT = 0.01;
    private static final int UNUSUAL = 30;
    private static final int DEAD = 60;
    private static final long UNUSUAL_NANOS = 3_000_000_000L;
    /** Before so many frames nothing is known of the rhythm. */
    private static final int ENOUGH = 20;

    /** So long after its beginning a connection brings snapshots rather than the market's rhythm. */
    private static final long SETTLING_NANOS = 3_000_000_000L;

    /** No longer silence is learned from a death: the next may be twice as long. */
    private static final long LONGEST_LEARNED_NANOS = 300_000_000_000L;

    private final long deadNanos;
    private double meanGap;
    private long frames;
    private long lastAt;
    private long begunAt;

    /**
     * @param dead no silence shorter than this is death; zero: none is
     */
    StallDetector(Duration dead) {
        this.deadNanos = dead.toNanos();
    }

    /** The connection is new; the rhythm is that of the one before. */
    void begin(long now) {
        lastAt = now;
        begunAt = now;
    }

    /** The connection is ended for its silence: the next may be silent for twice as long. */
    void died(long now) {
        long silence = Math.min(now - lastAt, Math.max(LONGEST_LEARNED_NANOS, deadNanos));
        meanGap = Math.max(meanGap, 2.0 * silence / DEAD);
    }

    /** Topics are gone, and their rhythm with them: it is learned anew. */
    void forget() {
        frames = 0;
        meanGap = 0;
    }

    /**
     * A frame of market data came.
     *
     * @return whether an unusual silence ended with it
     */
    boolean beat(long now) {
        boolean unusual = unusual(now);
        long gap = now - lastAt;
        lastAt = now;
        if (now - begunAt < SETTLING_NANOS && gap <= meanGap) {
            frames = Math.max(frames, Math.min(frames + 1, ENOUGH));
            return unusual;
        }
        frames++;
        if (frames > 1) {
            double weight = Math.max(WEIGHT, 1.0 / frames);
            meanGap += weight * (gap - meanGap);
        }
        return unusual;
    }

    private boolean unusual(long now) {
        return now - lastAt > (frames < ENOUGH ? UNUSUAL_NANOS : Math.max(UNUSUAL_NANOS, UNUSUAL * meanGap));
    }

    /** Nanoseconds without market data, where that is longer than a living connection would be silent; else 0. */
    long deadFor(long now) {
        long silence = now - lastAt;
        return deadNanos > 0 && frames >= ENOUGH && silence > Math.max(deadNanos, DEAD * meanGap) ? silence : 0;
    }
}
