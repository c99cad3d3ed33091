package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.codec.EventWriter;

/** Takes the lines that the feed's thread writes. */
public interface LineSink {

    /** The buffer of lines not handed over yet; a different object after each {@link #handOver}. */
    EventWriter lines();

    /**
     * Passes the lines to the writing thread. Never waits for the reader.
     *
     * @return bytes that are handed over but not yet taken
     */
    int handOver();
}
