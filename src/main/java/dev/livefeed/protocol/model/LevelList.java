package dev.livefeed.protocol.model;

/** Price levels that can be read one by one: {@link Levels}, and the builder whose content is still to change. */
public interface LevelList {

    int size();

    /** Digits behind the point of every {@link #priceUnscaled}. */
    int priceScale();

    /** Digits behind the point of every {@link #qtyUnscaled}. */
    int qtyScale();

    /** Price at {@link #priceScale}; {@code level} is 0 to size - 1. */
    long priceUnscaled(int level);

    /** Size at {@link #qtyScale}; {@code level} is 0 to size - 1. */
    long qtyUnscaled(int level);
}
