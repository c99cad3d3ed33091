package dev.livefeed.app.backfill;

import java.util.function.LongSupplier;

/**
 * Leaves the exchange alone for a while after failures in a row; then one request is let through, and its success
 * closes the circuit again, its failure opens it anew.
 */
final class CircuitBreaker {

    private static final int FAILURES = 3;

    private final long openMillis;
    private final LongSupplier millis;
    private int inARow;
    private long openUntil;
    private long opened;

    /** @param millis a clock that never goes back, milliseconds */
    CircuitBreaker(long openMillis, LongSupplier millis) {
        this.openMillis = openMillis;
        this.millis = millis;
    }

    /** How long nothing may be asked, 0 where something may. */
    synchronized long waitMillis() {
        return inARow < FAILURES ? 0 : Math.max(0, openUntil - millis.getAsLong());
    }

    synchronized void success() {
        inARow = 0;
    }

    synchronized void failure() {
        inARow++;
        if (inARow >= FAILURES) {
            opened++;
            openUntil = millis.getAsLong() + openMillis;
        }
    }

    /** closed; open while nothing may be asked; half-open when one request may try. */
    synchronized String state() {
        return inARow < FAILURES ? "closed" : waitMillis() > 0 ? "open" : "half-open";
    }

    /** How often it opened. */
    synchronized long opened() {
        return opened;
    }
}
