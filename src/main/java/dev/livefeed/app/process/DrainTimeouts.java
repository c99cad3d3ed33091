package dev.livefeed.app.process;

/**
 * Timeouts for routing the last lines of a process that has ended.
 *
 * @param lineMillis timeout for a single line
 * @param allMillis timeout for all lines
 */
record DrainTimeouts(long lineMillis, long allMillis) {

    /** The next process waits to be started. */
    static final DrainTimeouts BETWEEN_PROCESSES = new DrainTimeouts(10_000, 120_000);
    /** The application is stopping, which must not take more than 7 s. */
    static final DrainTimeouts STOPPING = new DrainTimeouts(500, 2_000);
    /** The feed has ended; no process follows. */
    static final DrainTimeouts END_OF_FEED = new DrainTimeouts(Long.MAX_VALUE, Long.MAX_VALUE);

    boolean expired(long millisSinceLastLine, long millisInTotal) {
        return millisSinceLastLine > lineMillis || millisInTotal > allMillis;
    }
}
