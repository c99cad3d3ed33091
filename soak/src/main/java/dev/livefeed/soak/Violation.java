package dev.livefeed.soak;

/** Thrown when the connector violates a guarantee. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
