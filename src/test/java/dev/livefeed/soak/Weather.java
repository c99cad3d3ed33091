package dev.livefeed.soak;

import java.util.SplittableRandom;

/** How the simulated network fares: its delays, and until when what is broken. Times are those of the agenda. */
final class Weather {

    private static final long MILLI = Agenda.MILLI;

    private final SplittableRandom random;
    private final long usualNanos;

    long refusingUntil;
    long swallowingUntil;
    long slowUntil;
    long slowBy;
    long restRefusedUntil;
    long restSwallowedUntil;

    Weather(SplittableRandom random) {
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
