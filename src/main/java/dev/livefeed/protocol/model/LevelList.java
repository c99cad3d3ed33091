package dev.livefeed.protocol.model;

/** Read access to price levels: {@link Levels}, or a builder whose content still changes. */
public interface LevelList {

    int size();

    /** Decimal places of {@link #priceUnscaled}. */
    int priceScale();

    /** Decimal places of {@link #qtyUnscaled}. */
    int qtyScale();

    /** Price at {@link #priceScale}; {@code level} is 0 to size - 1. */
    long priceUnscaled(int level);

    /** Size at {@link #qtyScale}; {@code level} is 0 to size - 1. */
    long qtyUnscaled(int level);
}
