package dev.livefeed.exchange.venue;

/**
 * The cross sequence of one matching group: rises with every change of any of its books, with holes as on the venue.
 */
final class Sequence {

    private long last;

    /** Starts so that a later start never repeats numbers of an earlier one. */
    Sequence(long startedAt) {
        last = startedAt * 10;
    }

    long next(long hole) {
        last += 1 + hole;
        return last;
    }
}
