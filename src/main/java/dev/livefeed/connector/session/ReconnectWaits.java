package dev.livefeed.connector.session;

import dev.livefeed.connector.sdk.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Backoff of one session between connection attempts, one independent series for each pace. */
public final class ReconnectWaits {

    private final Backoff normal;
    private final Backoff throttled;
    private final Backoff forbidden;

    /** The kind of backoff, according to why the last attempt or connection ended. */
    public enum Pace {
        /** The venue does not limit attempts: the configured backoff. */
        NORMAL,
        /** The venue wants fewer requests: 5 s to 60 s. */
        THROTTLED,
        /** The venue rejects this host: 10 s to 10 min. */
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
