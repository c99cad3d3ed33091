package dev.livefeed.bench.drills;

import dev.livefeed.bench.drills.feed.FeedOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * What all drills share.
 *
 * @param folder for runs and results
 * @param jar copy of the packed jar
 * @param probeJar probe and feed, in {@code lib/} beside the jar
 * @param routes the shipped routes
 * @param javaOptions of the application
 * @param seed of everything random
 * @param scale 1 for about ten minutes in all
 * @param lose leaves out every n-th trade without a word; 0: none
 */
record DrillSetup(
        Path folder,
        Path jar,
        Path probeJar,
        Path routes,
        List<String> javaOptions,
        long seed,
        double scale,
        int lose,
        Sampler sampler) {

    /** A number at the scale of this run, at least the given one. */
    int scaled(int number, int least) {
        return (int) Math.max(least, Math.min(Integer.MAX_VALUE, Math.round(number * scale)));
    }

    /** A steady feed, with the loss that this run tries out. */
    FeedOptions steady(int rate) {
        return FeedOptions.steady(rate).losing(lose);
    }
}
