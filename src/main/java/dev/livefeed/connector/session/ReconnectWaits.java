package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The waits of one session between its attempts to connect; each pace grows by itself. */
public final class ReconnectWaits {

    private final Backoff normal;
    private final Backoff throttled;
    private final Backoff forbidden;

    /** What the end of the last attempt calls for. */
    public enum Pace {
        /** The venue said nothing against another attempt. */
        NORMAL,
        /** The venue wants fewer requests: 5 s to 60 s. */
        THROTTLED,
        /** The venue has shut us out: 10 s to 10 min. */
        FORBIDDEN
    }

    ReconnectWaits(SessionTimeouts timeouts, RandomGenerator random) {
        normal = new Backoff(timeouts.reconnectFirst(), timeouts.reconnectLongest(), random);
        throttled = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(60), random);
        forbidden = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10), random);
    }

    /** The next wait, in nanoseconds. */
    public long next(Pace pace) {
        return switch (pace) {
            case NORMAL -> normal.next();
            case THROTTLED -> throttled.next();
            case FORBIDDEN -> forbidden.next();
        };
    }

    void reset() {
        normal.reset();
        throttled.reset();
        forbidden.reset();
    }
}
