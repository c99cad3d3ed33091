package dev.livefeed.connector.bybit;

import java.time.Duration;

/**
 * The rhythm of a connection's market data: tells a silence that means something from one that is usual for a quiet market.
 *
 * <p>Pongs do not count. The mean gap between frames is kept as a moving average over the last hundred or so; a silence
 * must be many times as long to be unusual.
 */
final class Pulse {

    private static final double WEIGHT = 0.01;
    private static final int UNUSUAL = 30;
    private static final int DEAD = 60;
    private static final long UNUSUAL_NANOS = 3_000_000_000L;
    /** Before so many frames nothing is known of the rhythm. */
    private static final int ENOUGH = 20;

    private final long deadNanos;
    private double meanGap;
    private long frames;
    private long lastAt;

    /**
     * @param dead no silence shorter than this is death
     */
    Pulse(Duration dead) {
        this.deadNanos = dead.toNanos();
    }

    /** The connection is new; the rhythm is that of the one before. */
    void begin(long now) {
        lastAt = now;
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
        return frames >= ENOUGH && silence > Math.max(deadNanos, DEAD * meanGap) ? silence : 0;
    }
}
