package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.codec.EventWriter;

/** Where the feed's thread puts lines. */
public interface LineSink {

    /** The lines that are not yet handed over; another object after each {@link #handOver}. */
    EventWriter lines();

    /**
     * Passes the lines on to whoever writes them. Never waits for the reader.
     *
     * @return how many bytes are handed over and not yet taken
     */
    int handOver();
}
