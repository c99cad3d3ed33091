package dev.livefeed.connector.sdk.output;

/** An outlet that holds back conflated events until the reader has caught up. */
interface ConflatedEvent {

    /** Writes the pending event, if any. */
    void release();
}
