package dev.livefeed.app.process;

import dev.livefeed.app.feed.DayCounter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The ends of connector processes that were not asked for: their number, and the last ones. Thread-safe. */
public final class ConnectorEnds {

    /** Number of ends that are kept. */
    public static final int KEPT = 50;

    private final Deque<ConnectorEnd> last = new ArrayDeque<>();
    private final DayCounter today = new DayCounter();
    private long total;

    ConnectorEnds() {}

    synchronized void add(ConnectorEnd end) {
        total++;
        today.add(1);
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(end);
    }

    /** Since the application started. */
    public synchronized long total() {
        return total;
    }

    /** Since 00:00 UTC. */
    public long today() {
        return today.count();
    }

    /** The last ones, oldest first. */
    public synchronized List<ConnectorEnd> last() {
        return List.copyOf(last);
    }
}
