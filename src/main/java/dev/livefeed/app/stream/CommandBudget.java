package dev.livefeed.app.stream;

import java.util.ArrayDeque;

/** Limits the commands of one client, because each may cause many snapshots. Not thread-safe. */
public final class CommandBudget {

    static final int MAX_COMMANDS = 100;
    static final String RULE = "more than 100 commands within 10 s";

    private static final long WINDOW_MILLIS = 10_000;

    private final ArrayDeque<Long> taken = new ArrayDeque<>();

    /**
     * Counts a command.
     *
     * @return false if it exceeds the limit
     */
    public boolean take(long nowMillis) {
        while (!taken.isEmpty() && nowMillis - taken.peekFirst() >= WINDOW_MILLIS) {
            taken.removeFirst();
        }
        if (taken.size() == MAX_COMMANDS) {
            return false;
        }
        taken.addLast(nowMillis);
        return true;
    }
}
