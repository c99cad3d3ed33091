package dev.livefeed.app.market;

import java.util.BitSet;

/** The minutes of a day with counted trades, and those filled from candles. */
final class MinuteCoverage {

    static final int PER_DAY = 1_440;

    private final BitSet traded = new BitSet(PER_DAY);
    private final BitSet filled = new BitSet(PER_DAY);

    void trade(int minute) {
        traded.set(minute);
    }

    boolean traded(int minute) {
        return traded.get(minute);
    }

    void fill(int minute) {
        filled.set(minute);
    }

    boolean filled(int minute) {
        return filled.get(minute);
    }

    int tradedCount() {
        return traded.cardinality();
    }

    int filledCount() {
        return filled.cardinality();
    }

    long[] tradedBits() {
        return traded.toLongArray();
    }

    long[] filledBits() {
        return filled.toLongArray();
    }

    void restore(long[] tradedBits, long[] filledBits) {
        traded.clear();
        traded.or(BitSet.valueOf(tradedBits));
        filled.clear();
        filled.or(BitSet.valueOf(filledBits));
    }
}
