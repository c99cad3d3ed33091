package dev.livefeed.connector.sdk.output;

/** A way out that holds something back until the reader has caught up. */
interface ConflatedEvent {

    /** Writes what is pending. */
    void release();
}
