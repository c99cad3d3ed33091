package dev.livefeed.app.market;

import java.util.BitSet;

/** Which minutes of a day something is known of: those with trades that were counted, and those filled from candles. */
final class KnownMinutes {

    static final int OF_DAY = 1_440;

    private final BitSet traded = new BitSet(OF_DAY);
    private final BitSet filled = new BitSet(OF_DAY);

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
