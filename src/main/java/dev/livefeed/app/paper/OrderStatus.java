package dev.livefeed.app.paper;

import java.util.Locale;

/** Where an order stands. */
public enum OrderStatus {
    /** Rests in the book, or is on its way through it. */
    OPEN,
    /** A stop that was reached and waits for a book that may be read. */
    TRIGGERED,
    FILLED,
    /** Ended before it was filled, by somebody or by a rule; what was filled stays filled. */
    CANCELLED;

    /** The form of the interfaces. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether more can happen to it. */
    public boolean live() {
        return this == OPEN || this == TRIGGERED;
    }
}
