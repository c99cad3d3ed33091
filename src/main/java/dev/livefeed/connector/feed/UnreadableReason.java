package dev.livefeed.connector.feed;

import java.util.Locale;

/** Why a part of a frame or response cannot be read. */
public enum UnreadableReason {
    /** It does not have the expected structure. */
    FORM,
    TIME,
    NUMBER,
    SIDE,
    ID,
    /** Each number is valid, but those of one side of a book have no common scale. */
    SCALE,
    /** The prices of a candle contradict each other. */
    PRICES;

    /** Name in counters and metrics. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
