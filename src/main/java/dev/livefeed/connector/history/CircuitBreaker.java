package dev.livefeed.connector.history;

import java.util.function.LongSupplier;

/**
 * Blocks requests for some time after consecutive failures. Then one request is allowed: its success closes the
 * circuit, its failure opens it again. Not thread-safe.
 */
final class CircuitBreaker {

    static final long OPEN_MILLIS = 60_000;

    private static final int FAILURES = 3;

    private final LongSupplier millis;
    private int inARow;
    private long openUntil;

    /** @param millis monotonic clock, milliseconds */
    CircuitBreaker(LongSupplier millis) {
        this.millis = millis;
    }

    /** Milliseconds until a request is allowed; 0 if one is allowed now. */
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

    /** closed; open while requests are blocked; half-open when one request is allowed. */
    String state() {
        return inARow < FAILURES ? "closed" : waitMillis() > 0 ? "open" : "half-open";
    }
}
