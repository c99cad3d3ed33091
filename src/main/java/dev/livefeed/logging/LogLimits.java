package dev.livefeed.logging;

/**
 * How much is logged at most. As with the log itself, there is one for the process.
 *
 * @param linesPerSecond lines of one kind, after a burst; 0: no limit
 * @param stderrPerSecond lines of a connector's stderr, after a burst; 0: no limit
 * @param tracesPerMinute stack traces of one kind of exception from one logger; 0: no limit
 */
public record LogLimits(int linesPerSecond, int stderrPerSecond, int tracesPerMinute) {

    /** Seconds whose lines may come at once. */
    public static final int BURST_SECONDS = 10;
    /** As many symbols as there may be: each may change its state at the same time. */
    public static final int STATES_AT_ONCE = 2_000;

    private static volatile LogLimits current = new LogLimits(20, 20, 3);

    public static LogLimits current() {
        return current;
    }

    /** Holds for what is logged from now on. */
    public static void set(LogLimits limits) {
        current = limits;
    }
}
