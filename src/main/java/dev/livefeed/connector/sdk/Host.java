package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.output.Outbox;

/** What the process offers to the feed it runs. */
public interface Host {

    /** Where events go. */
    Outbox outbox();

    /** The clocks. */
    TimeSource time();

    /**
     * Ends the process because the feed has come to its end. What was written is taken by the reader first, however slow it
     * is, unless a stop comes before. Called on the loop.
     */
    void end(int exitCode);

    /** Ends the process because of a bug; for code of the loop that the process did not call itself. */
    void crash(Throwable bug);
}
