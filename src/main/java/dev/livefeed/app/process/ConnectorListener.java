package dev.livefeed.app.process;

/** Takes what a supervised connector says and what happens to it. One call at a time, in order. */
public interface ConnectorListener {

    /** A process runs; it has been told nothing yet. */
    void started();

    /** A line of its stdout, without the line end. */
    void line(byte[] line);

    /** A line above the limit, skipped without being held. */
    void tooLong(long length, byte[] head);

    /**
     * A line of its stdout that no route will see, since the process has ended and the routes did not take it in
     * time.
     */
    default void notRouted(byte[] line) {}

    /**
     * The process is gone; lines of it may still be on their way. The next process may be started before {@link
     * #ended}.
     */
    default void gone() {}

    /** The process is gone, and all it said has been handed over. */
    void ended(String reason);
}
