package dev.livefeed.connector.sdk;

import dev.livefeed.connector.sdk.output.Outbox;

/** The services of the process for its feed. */
public interface Host {

    /** The output for events. */
    Outbox outbox();

    /** The clocks. */
    TimeSource time();

    /**
     * Ends the process because the feed has ended. Waits, without a limit, until the reader has taken all events,
     * unless the connector is stopped. Called on the loop.
     */
    void end(int exitCode);

    /** Ends the process after an unexpected exception in code of the loop that the runtime did not call. */
    void crash(Throwable bug);
}
