package dev.livefeed.app.api.state;

import java.time.Duration;
import java.time.Instant;

/**
 * A time that is computed from an age, without the few milliseconds by which two computations of the same time differ.
 */
final class SteadyTime {

    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private Instant last;

    /**
     * @param ageMillis negative if there is none
     * @return the time that long ago, or null
     */
    synchronized Instant ago(long ageMillis) {
        if (ageMillis < 0) {
            last = null;
        } else {
            Instant at = Instant.ofEpochMilli(System.currentTimeMillis() - ageMillis);
            if (last == null || Duration.between(last, at).abs().compareTo(TOLERANCE) > 0) {
                last = at;
            }
        }
        return last;
    }
}
