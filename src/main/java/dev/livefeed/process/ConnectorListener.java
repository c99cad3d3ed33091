package dev.livefeed.process;

/** Takes what a supervised connector says and what happens to it. One call at a time, in order. */
public interface ConnectorListener {

    /** A process runs; it has been told nothing yet. */
    void started();

    /** A line of its stdout, without the line end. */
    void line(byte[] line);

    /** A line above the limit, skipped without being held. */
    void tooLong(long length, byte[] head);

    /** The process is gone, and all it said has been handed over. */
    void ended(String reason);
}
