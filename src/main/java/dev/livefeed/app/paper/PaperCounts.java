package dev.livefeed.app.paper;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the broker since the application started. Thread-safe. */
public final class PaperCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder filled = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder makerFills = new LongAdder();
    private final LongAdder takerFills = new LongAdder();
    private final LongAdder signalsTaken = new LongAdder();
    private final LongAdder signalsRefused = new LongAdder();

    void refused() {
        refused.increment();
    }

    /** @param ended whether the entry ended its order */
    void entered(JournalEntry entry, boolean ended) {
        if (entry instanceof JournalEntry.Filled fill) {
            (fill.fill().maker() ? makerFills : takerFills).increment();
            if (ended) {
                filled.increment();
            }
        } else if (entry instanceof JournalEntry.Accepted) {
            accepted.increment();
        } else if (entry instanceof JournalEntry.Cancelled) {
            cancelled.increment();
        } else if (entry instanceof JournalEntry.Signalled signalled) {
            (signalled.outcome().refused() == null ? signalsTaken : signalsRefused).increment();
        }
    }

    public long accepted() {
        return accepted.sum();
    }

    /** Orders that were refused, of strategies and manual ones. */
    public long refusedOrders() {
        return refused.sum();
    }

    /** Orders that were filled completely. */
    public long filled() {
        return filled.sum();
    }

    public long cancelled() {
        return cancelled.sum();
    }

    public long makerFills() {
        return makerFills.sum();
    }

    public long takerFills() {
        return takerFills.sum();
    }

    /** Signals that led to an order. */
    public long signalsTaken() {
        return signalsTaken.sum();
    }

    public long signalsRefused() {
        return signalsRefused.sum();
    }
}
