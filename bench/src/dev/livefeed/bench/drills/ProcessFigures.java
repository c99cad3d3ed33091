package dev.livefeed.bench.drills;

/**
 * What a run uses.
 *
 * @param residentMib of the application
 * @param zombies children of the application that were not waited for
 * @param processes living processes of the run
 */
record ProcessFigures(long residentMib, long threads, long descriptors, long zombies, int processes) {}
