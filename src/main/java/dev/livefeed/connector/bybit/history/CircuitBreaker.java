package dev.livefeed.connector.bybit.history;

import java.util.function.LongSupplier;

/**
 * Leaves the venue alone for a while after failures in a row; then one request is let through, and its success closes
 * the circuit again, its failure opens it anew. One thread.
 */
final class CircuitBreaker {

    static final long OPEN_MILLIS = 60_000;

    private static final int FAILURES = 3;

    private final LongSupplier millis;
    private int inARow;
    private long openUntil;

    /** @param millis a clock that never goes back, milliseconds */
    CircuitBreaker(LongSupplier millis) {
        this.millis = millis;
    }

    /** How long nothing may be asked, 0 where something may. */
    long waitMillis() {
        return inARow < FAILURES ? 0 : Math.max(0, openUntil - millis.getAsLong());
    }

    void success() {
        inARow = 0;
    }

    void failure() {
        inARow++;
        if (inARow >= FAILURES) {
            openUntil = millis.getAsLong() + OPEN_MILLIS;
        }
    }

    /** closed; open while nothing may be asked; half-open when one request may try. */
    String state() {
        return inARow < FAILURES ? "closed" : waitMillis() > 0 ? "open" : "half-open";
    }
}
