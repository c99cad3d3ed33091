package dev.livefeed.app.conformance;

import java.time.Duration;

/** The end of the time for everything: no wait goes beyond it. */
final class Deadline {

    private final long until;

    Deadline(Duration limit) {
        until = System.nanoTime() + limit.toNanos();
    }

    /** The wait, or what is left if that is less; at least a millisecond. */
    Duration within(Duration wait) {
        long left = Math.max(1_000_000, until - System.nanoTime());
        return wait.toNanos() <= left ? wait : Duration.ofNanos(left);
    }

    boolean over() {
        return System.nanoTime() - until >= 0;
    }
}
