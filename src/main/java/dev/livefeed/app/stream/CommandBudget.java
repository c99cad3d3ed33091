package dev.livefeed.app.stream;

import java.util.ArrayDeque;

/** How many commands one client may send: each may lead to many snapshots. Serves one thread. */
public final class CommandBudget {

    static final int MOST = 100;
    static final String RULE = "more than 100 commands within 10 s";

    private static final long WITHIN_MILLIS = 10_000;

    private final ArrayDeque<Long> taken = new ArrayDeque<>();

    /**
     * Takes a command into account.
     *
     * @return false where it is one too many
     */
    public boolean take(long nowMillis) {
        while (!taken.isEmpty() && nowMillis - taken.peekFirst() >= WITHIN_MILLIS) {
            taken.removeFirst();
        }
        if (taken.size() == MOST) {
            return false;
        }
        taken.addLast(nowMillis);
        return true;
    }
}
