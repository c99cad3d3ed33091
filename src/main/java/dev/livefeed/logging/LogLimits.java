package dev.livefeed.logging;

/**
 * Limits of the log, one instance per process.
 *
 * @param linesPerSecond lines of one kind, after a burst; 0 for no limit
 * @param stderrPerSecond lines of a connector's stderr, after a burst; 0 for no limit
 * @param tracesPerMinute stack traces of one exception class from one logger; 0 for no limit
 */
public record LogLimits(int linesPerSecond, int stderrPerSecond, int tracesPerMinute) {

    /** Burst, in seconds of the rate. */
    public static final int BURST_SECONDS = 10;
    /** Burst for changes of state: the maximum number of symbols, all of which may change at once. */
    public static final int STATES_AT_ONCE = 2_000;

    private static volatile LogLimits current = new LogLimits(20, 20, 3);

    public static LogLimits current() {
        return current;
    }

    /** Applies to lines logged from now on. */
    public static void set(LogLimits limits) {
        current = limits;
    }
}
