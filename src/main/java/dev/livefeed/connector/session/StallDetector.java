package dev.livefeed.connector.session;

import java.time.Duration;

/**
 * Detects a connection that is open but carries no market data for an unusual time: the market is quiet, or data is
 * lost.
 *
 * <p>Measures the mean interval between data frames, without pongs, as a moving average over about a hundred frames. A
 * silence is unusual if it is many times as long. The initial snapshots of a connection are not counted.
 */
final class StallDetector {

    private static final double WEIGHT = 0.01;
    /** A silence of this many mean intervals is unusual. */
    private static final int UNUSUAL_INTERVALS = 30;
    /** A silence of this many mean intervals may be a stall. */
    private static final int STALL_INTERVALS = 60;

    private static final long UNUSUAL_NANOS = 3_000_000_000L;
    /** Number of frames before the mean interval is used. */
    private static final int MIN_FRAMES = 20;

    /** Time after the opening of a connection in which its frames are mostly snapshots. */
    private static final long SNAPSHOT_NANOS = 3_000_000_000L;

    private final long minStallNanos;
    private double meanInterval;
    private long frames;
    private long lastAt;
    private long openedAt;

    /**
     * @param minStall shortest silence that may be a stall; zero to disable
     */
    StallDetector(Duration minStall) {
        this.minStallNanos = minStall.toNanos();
    }

    /** A new connection is open; the mean interval of the previous one is kept. */
    void opened(long now) {
        lastAt = now;
        openedAt = now;
    }

    /** Discards the mean interval, because the subscribed topics have changed. */
    void reset() {
        frames = 0;
        meanInterval = 0;
    }

    /**
     * A frame of market data was received.
     *
     * @return whether it ended an unusual silence
     */
    boolean frame(long now) {
        boolean unusual = unusual(now);
        long interval = now - lastAt;
        lastAt = now;
        if (now - openedAt < SNAPSHOT_NANOS && interval <= meanInterval) {
            frames = Math.max(frames, Math.min(frames + 1, MIN_FRAMES));
            return unusual;
        }
        frames++;
        if (frames > 1) {
            double weight = Math.max(WEIGHT, 1.0 / frames);
            meanInterval += weight * (interval - meanInterval);
        }
        return unusual;
    }

    private boolean unusual(long now) {
        return now - lastAt
                > (frames < MIN_FRAMES ? UNUSUAL_NANOS : Math.max(UNUSUAL_NANOS, UNUSUAL_INTERVALS * meanInterval));
    }

    /** Duration of the current silence in nanoseconds if it may be a stall, else 0. */
    long stalledNanos(long now) {
        long silence = now - lastAt;
        return minStallNanos > 0
                        && frames >= MIN_FRAMES
                        && silence > Math.max(minStallNanos, STALL_INTERVALS * meanInterval)
                ? silence
                : 0;
    }
}
