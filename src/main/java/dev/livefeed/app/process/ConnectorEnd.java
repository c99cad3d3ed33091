package dev.livefeed.app.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a connector process ended.
 *
 * @param startedAt null if it could not be started
 * @param attempt consecutive failures of its round, this one included; 0 if it was stable, or was ended on request
 * @param exitStatus null if there is none
 * @param stderr its last lines
 * @param freshAfterMillis from its end to the first market data of a later process; null while there is none
 */
public record ConnectorEnd(
        Instant startedAt,
        Instant endedAt,
        int attempt,
        String reason,
        Integer exitStatus,
        List<String> stderr,
        Long freshAfterMillis) {

    ConnectorEnd freshAfter(long millis) {
        return new ConnectorEnd(startedAt, endedAt, attempt, reason, exitStatus, stderr, millis);
    }

    /** Those of Linux that end a process and that an operator meets. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 13,
            "SIGPIPE", 15, "SIGTERM");
    /** Added to the number of the signal that ended a process, by shells and by Java. */
    private static final int SIGNAL_BASE = 128;

    /** The exit status with the name of the signal that it stands for, such as {@code 137 (SIGKILL)}. */
    static String named(int exitStatus) {
        String signal = SIGNALS.get(exitStatus - SIGNAL_BASE);
        return signal == null ? Integer.toString(exitStatus) : exitStatus + " (" + signal + ')';
    }
}
