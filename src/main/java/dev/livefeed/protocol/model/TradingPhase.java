package dev.livefeed.protocol.model;

import java.util.Locale;

/** Phase in the life of an instrument, the same words for every exchange. */
public enum TradingPhase {
    /** Listed, but nothing can be traded yet. */
    PRE_LAUNCH,
    /** Orders are collected for an opening price; there are no trades yet. */
    AUCTION,
    TRADING,
    /** Trading is interrupted. */
    HALTED,
    /** The contract is being settled: nothing is traded any more. */
    DELIVERING,
    /** The instrument has ended. */
    CLOSED;

    /** The phase of a word, or null. */
    public static TradingPhase of(String word) {
        for (TradingPhase phase : values()) {
            if (phase.toString().equals(word)) {
                return phase;
            }
        }
        return null;
    }

    /** The word in lines: {@code pre_launch}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
