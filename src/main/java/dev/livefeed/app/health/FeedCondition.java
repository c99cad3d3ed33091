package dev.livefeed.app.health;

import dev.livefeed.app.feed.Phase;
import java.util.Locale;

/** The state of the feed in one word, as health shows it. */
public enum FeedCondition {
    /** A step of a route holds up the feed. */
    BLOCKED,
    /** Of the exchange; it explains why data is missing. */
    MAINTENANCE,
    LIVE,
    SYNTHETIC,
    /** Recorded data. */
    REPLAY,
    /** The replay of a recording, or the connector, is paused: no data is expected. */
    PAUSED,
    /** Some connections are down. */
    DEGRADED,
    STARTING,
    STALE,
    DISCONNECTED,
    RETRYING,
    EXHAUSTED,
    FINISHED,
    MISCONFIGURED,
    STOPPED;

    /** The state while no process runs. */
    static FeedCondition of(Phase phase) {
        return switch (phase) {
            case IDLE, RUNNING -> STARTING;
            case RETRYING -> RETRYING;
            case EXHAUSTED -> EXHAUSTED;
            case FINISHED -> FINISHED;
            case MISCONFIGURED -> MISCONFIGURED;
            case PAUSED -> PAUSED;
            case STOPPED -> STOPPED;
        };
    }

    /** Whether a maintenance of the exchange explains it. */
    boolean interrupted() {
        return this == DISCONNECTED || this == STARTING || this == STALE || this == DEGRADED;
    }

    /** The word in JSON: {@code live}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
