package dev.livefeed.soak;

import java.util.SplittableRandom;

/** Delays of the simulated network, and the simulated time until which each of its faults lasts. */
final class NetworkConditions {

    private static final long MILLI = SimulatedTime.MILLI;

    private final SplittableRandom random;
    private final long usualNanos;

    long refusingUntil;
    long swallowingUntil;
    long slowUntil;
    long slowBy;
    long restRefusedUntil;
    long restSwallowedUntil;

    NetworkConditions(SplittableRandom random) {
        this.random = random;
        this.usualNanos = (1 + random.nextInt(80)) * MILLI;
    }

    /** How long a packet takes in one direction. */
    long delay(long now) {
        long jitter = (long) (usualNanos * 0.3 * random.nextDouble());
        return usualNanos + jitter + (now < slowUntil ? (long) (slowBy * random.nextDouble()) : 0);
    }

    /** Ends all that is broken. */
    void clear() {
        refusingUntil = 0;
        swallowingUntil = 0;
        slowUntil = 0;
        restRefusedUntil = 0;
        restSwallowedUntil = 0;
    }
}
