package dev.livefeed.app.sink;

/**
 * A record of a segment.
 *
 * @param sequence number within the queue
 * @param timeMillis when it was stored, milliseconds since 1970
 * @param bytes the line without a line end
 */
record StoredLine(long sequence, long timeMillis, byte[] bytes) {

    /** Size of a record without its line. */
    static final int HEAD = 24;

    /** Longer than any line of the protocol. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    static int size(byte[] line) {
        return HEAD + line.length;
    }
}
