package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Trade;

/**
 * Told of what the {@link Market} has taken, on the thread of the feed and in its order: whoever listens must be
 * quick and must not wait.
 */
public interface MarketListener {

    /** A trade was taken; it is marked where it is late. */
    void trade(Trade trade);

    /** A snapshot or a delta was taken: the book of its {@code levels} is right, and stands at it. */
    void depth(Depth depth);

    /**
     * A book must not be read until its next snapshot.
     *
     * @param symbol null for all symbols
     * @param levels of the book, 0 for all of the symbol
     * @param reason for people
     */
    void stale(String symbol, int levels, String reason);

    /** A listener that does nothing. */
    MarketListener NONE = new MarketListener() {
        @Override
        public void trade(Trade trade) {
            // Nobody listens.
        }

        @Override
        public void depth(Depth depth) {
            // Nobody listens.
        }

        @Override
        public void stale(String symbol, int levels, String reason) {
            // Nobody listens.
        }
    };
}
