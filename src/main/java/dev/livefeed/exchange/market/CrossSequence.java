package dev.livefeed.exchange.market;

/**
 * The cross sequence of a matching group: increases with every change of any of its books, with gaps as on the venue.
 */
final class CrossSequence {

    private long last;

    /** Starts above all numbers of earlier runs. */
    CrossSequence(long startedAt) {
        last = startedAt * 10;
    }

    long next(long gap) {
        last += 1 + gap;
        return last;
    }
}
