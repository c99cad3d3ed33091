package dev.livefeed.app.process;

import dev.livefeed.app.feed.DayCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The ends of connector processes while the program goes on, also those that were asked for: their number, and the last
 * ones. Thread-safe.
 */
public final class ConnectorEnds {

    /** Number of ends that are kept. */
    public static final int KEPT = 50;

    private final List<ConnectorEnd> last = new ArrayList<>();
    /** When those of {@link #last} were, on the monotonic clock. */
    private final List<Long> endedAt = new ArrayList<>();

    private final DayCounter today = new DayCounter();
    private long total;

    ConnectorEnds() {}

    /** @param millis monotonic clock */
    synchronized void add(ConnectorEnd end, LongSupplier millis) {
        total++;
        today.add(1);
        if (last.size() == KEPT) {
            last.remove(0);
            endedAt.remove(0);
        }
        last.add(end);
        endedAt.add(millis.getAsLong());
    }

    /**
     * Notes for the ends before it that data has come again.
     *
     * @param firstDataAt when the first market data of a process came, on the monotonic clock; null if none has come
     */
    synchronized void fresh(Long firstDataAt) {
        for (int i = last.size() - 1; firstDataAt != null && i >= 0; i--) {
            if (last.get(i).freshAfterMillis() != null) {
                return;
            }
            if (endedAt.get(i) <= firstDataAt) {
                last.set(i, last.get(i).freshAfter(firstDataAt - endedAt.get(i)));
            }
        }
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
