package dev.livefeed.bench.drills;

/** A drill cannot go on: what it waits for does not come. The message says what, and the limit. */
final class DrillFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DrillFailure(String message) {
        super(message);
    }
}
