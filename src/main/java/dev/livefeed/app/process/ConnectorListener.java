package dev.livefeed.app.process;

/** Receives the output and the lifecycle events of a supervised connector. Calls are sequential and in order. */
public interface ConnectorListener {

    /** A process has started; no command has been sent to it yet. */
    void started();

    /** A line of stdout, without the line end. */
    void line(byte[] line);

    /**
     * A line that exceeds the limit and was skipped.
     *
     * @param length bytes of the line
     * @param head its first bytes
     */
    void tooLong(long length, byte[] head);

    /**
     * A line of stdout that is not routed, because the process has ended and the routes did not accept the line in
     * time.
     */
    default void notRouted(byte[] line) {}

    /**
     * The process has ended; its last lines may still be in the routes. The next process may start before {@link
     * #ended} is called.
     */
    default void gone() {}

    /** The process has ended, and all of its lines have been passed on. */
    void ended(String reason);
}
