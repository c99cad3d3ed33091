package dev.livefeed.connector;

import dev.livefeed.connector.out.Outbox;

/** What the process offers to the feed it runs. */
public interface Host {

    /** Where events go. */
    Outbox outbox();

    /** The clocks. */
    TimeSource time();

    /** Ends the process because of a bug; for code of the loop that the process did not call itself. */
    void crash(Throwable bug);
}
