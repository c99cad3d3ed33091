package dev.livefeed.exchange.market;

import java.util.SplittableRandom;

/**
 * When a market acts next. Time is divided into windows of 20 ms, the shortest push interval of a deep book. A market
 * acts at most once per window, unless its rate is higher, so that a pushed book change carries the sequence and the
 * time of its trade.
 */
final class ActivitySchedule {

    static final long WINDOW = 20;

    private final SplittableRandom random;
    private final double share;
    private final int actions;
    private long window;
    private long at;
    private long before;

    ActivitySchedule(Instrument instrument, double speed, SplittableRandom random, long startedAt) {
        this.random = random;
        double perWindow =
                (instrument.profile().takersPerSecond() + instrument.profile().quotesPerSecond())
                        * speed
                        * WINDOW
                        / 1000;
        this.actions = Math.max(1, (int) Math.ceil(perWindow));
        this.share = Math.min(1, perWindow / actions);
        this.window = startedAt / WINDOW;
        this.at = startedAt;
        next();
    }

    boolean due(long now) {
        return at <= now;
    }

    long at() {
        return at;
    }

    int actions() {
        return actions;
    }

    /** Time since the last window with activity, divided by the actions of a window. */
    double elapsedMillis() {
        return (at - before) / (double) actions;
    }

    void next() {
        double skipped = share >= 1 ? 0 : Math.log(1 - random.nextDouble()) / Math.log(1 - share);
        window += 1 + (long) Math.min(skipped, 1e7);
        before = at;
        at = window * WINDOW + 1 + random.nextInt((int) WINDOW);
    }

    void jump(long millis) {
        window += Math.floorDiv(millis, WINDOW);
        at += Math.floorDiv(millis, WINDOW) * WINDOW;
        before += Math.floorDiv(millis, WINDOW) * WINDOW;
    }
}
