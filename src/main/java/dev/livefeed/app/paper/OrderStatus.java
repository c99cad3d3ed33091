package dev.livefeed.app.paper;

import java.util.Locale;

/** The status of an order. */
public enum OrderStatus {
    /** Rests in the book, or is being matched. */
    OPEN,
    /** A stop whose price was reached and that waits for a synced book. */
    TRIGGERED,
    FILLED,
    /** Ended before it was completely filled; earlier fills remain. */
    CANCELLED;

    /** The name in interfaces. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
