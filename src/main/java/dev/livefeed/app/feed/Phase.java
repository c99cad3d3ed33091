package dev.livefeed.app.feed;

/** Where the supervision of the connector stands. */
public enum Phase {
    /** Nothing has been started yet. */
    IDLE,
    /** A process runs. */
    RUNNING,
    /** The last process failed; the next start follows after a backoff. */
    RETRYING,
    /** A round of retries is used up; the next round follows after a cool-down. */
    EXHAUSTED,
    /** The connector ended with status 0: there is no more data. */
    FINISHED,
    /** The connector said that it can never start as it is configured. */
    MISCONFIGURED,
    /** Asked to stop. */
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
