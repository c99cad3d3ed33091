package dev.livefeed.bench.drills;

/**
 * A look at the running application.
 *
 * @param second since the start of the drills
 * @param drill the drill that runs
 * @param load load average of the machine over a minute, which says how far times can be trusted
 * @param residentMib of the application
 * @param threads of the application
 * @param descriptors of the application
 * @param liveMillis time for an answer of {@code /live}; -1 without one
 */
record Sample(
        double second,
        String drill,
        double load,
        long residentMib,
        long threads,
        long descriptors,
        double liveMillis) {}
