package dev.livefeed.app.feed;

/** Phase of the connector's supervision. */
public enum Phase {
    /** Nothing has been started yet. */
    IDLE,
    /** A process runs. */
    RUNNING,
    /** The last process failed; the next start follows after the backoff. */
    RETRYING,
    /** A round of retries is used up; the next round follows after a cool-down. */
    EXHAUSTED,
    /** The connector exited with status 0: there is no more data. */
    FINISHED,
    /** The connector reported that it can never start with this configuration. */
    MISCONFIGURED,
    /** No process is started until that is requested. */
    PAUSED,
    /** The application stops. */
    STOPPED;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
