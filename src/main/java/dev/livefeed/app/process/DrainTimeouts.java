package dev.livefeed.app.process;

/**
 * How long the last lines of a dead process may take to get through the routes.
 *
 * @param lineMillis without a line being taken
 * @param allMillis for all of them
 */
record DrainTimeouts(long lineMillis, long allMillis) {

    /** Another process waits to be started. */
    static final DrainTimeouts BETWEEN_PROCESSES = new DrainTimeouts(10_000, 120_000);
    /** The application stops, within 7 s. */
    static final DrainTimeouts STOPPING = new DrainTimeouts(500, 2_000);
    /** The feed has ended, and nothing comes behind these lines. */
    static final DrainTimeouts END_OF_FEED = new DrainTimeouts(Long.MAX_VALUE, Long.MAX_VALUE);

    boolean atAnEnd(long withoutALine, long inAll) {
        return withoutALine > lineMillis || inAll > allMillis;
    }
}
