package dev.livefeed.bench.drills;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for conditions. */
final class Await {

    /** An upper bound for slow machines. */
    static final Duration LONG = Duration.ofSeconds(60);

    private Await() {}

    /**
     * Waits for a condition; an exception counts as not met.
     *
     * @return milliseconds until it was met
     * @throws DrillFailure if it is not met in time
     */
    static double until(String what, Duration limit, Callable<Boolean> condition) throws InterruptedException {
        long begin = System.nanoTime();
        if (!met(limit, 50, condition)) {
            throw new DrillFailure(what + " did not come within " + limit.toSeconds() + " s");
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /** As {@link #until} for a cheap condition, which is looked at every millisecond. */
    static double closely(String what, Duration limit, Callable<Boolean> condition) throws InterruptedException {
        long begin = System.nanoTime();
        if (!met(limit, 1, condition)) {
            throw new DrillFailure(what + " did not come within " + limit.toSeconds() + " s");
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Whether a condition is met in time. */
    static boolean met(Duration limit, int pollMillis, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return true;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                // Not met yet: the program does not answer, or a file is not there.
            }
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(pollMillis);
        }
    }
}
