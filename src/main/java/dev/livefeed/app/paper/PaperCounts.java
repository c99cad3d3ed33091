package dev.livefeed.app.paper;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the broker since the application started. Thread-safe. */
public final class PaperCounts {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder withoutPosition = new LongAdder();
    private final LongAdder filled = new LongAdder();
    private final LongAdder cancelled = new LongAdder();
    private final LongAdder makerFills = new LongAdder();
    private final LongAdder takerFills = new LongAdder();
    private final LongAdder signalsTaken = new LongAdder();
    private final LongAdder signalsRefused = new LongAdder();

    void countAccepted() {
        accepted.increment();
    }

    void countRefused() {
        refused.increment();
    }

    void countWithoutPosition() {
        withoutPosition.increment();
    }

    /** @param complete whether the fill was the last of its order */
    void countFill(Fill fill, boolean complete) {
        (fill.maker() ? makerFills : takerFills).increment();
        if (complete) {
            filled.increment();
        }
    }

    void countCancelled() {
        cancelled.increment();
    }

    void countSignal(SignalOutcome outcome) {
        (outcome.refused() == null ? signalsTaken : signalsRefused).increment();
    }

    public long accepted() {
        return accepted.sum();
    }

    /** Orders that were refused, of strategies and manual ones. */
    public long refusedOrders() {
        return refused.sum();
    }

    /** Orders that found the maximum number of positions reached. */
    public long withoutPosition() {
        return withoutPosition.sum();
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
