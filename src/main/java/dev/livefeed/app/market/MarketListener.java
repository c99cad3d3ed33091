package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;

/**
 * Receives the events that the {@link Market} has applied, in order, on the feed's thread. Implementations must return
 * quickly and must not block.
 */
public interface MarketListener {

    /** A trade was applied; {@link Trade#late} is set if it is late. */
    void trade(Trade trade);

    /** A past trade of today was counted; they come oldest first, on the thread of the answer. */
    default void past(Trade trade) {
        // Most listeners live in the present.
    }

    /** A snapshot or a delta was applied: the book with its {@code levels} is synced at this update. */
    void depth(Depth depth);

    /**
     * A book has become stale: it must not be read until its next snapshot.
     *
     * @param instrument null for all symbols
     * @param levels of the book; 0 for all books of the symbol
     * @param reason a text for people
     */
    void stale(InstrumentId instrument, int levels, String reason);

    /**
     * The event clock has stepped back: what is newer came of a wrong time, or of a replay that starts again.
     *
     * @param nowMicros the time of the clock, microseconds since 1970
     */
    default void forgetAfter(long nowMicros) {
        // Most listeners keep nothing.
    }

    /** Two listeners, called in this order. */
    static MarketListener both(MarketListener first, MarketListener second) {
        return new MarketListener() {
            @Override
            public void trade(Trade trade) {
                first.trade(trade);
                second.trade(trade);
            }

            @Override
            public void past(Trade trade) {
                first.past(trade);
                second.past(trade);
            }

            @Override
            public void depth(Depth depth) {
                first.depth(depth);
                second.depth(depth);
            }

            @Override
            public void stale(InstrumentId instrument, int levels, String reason) {
                first.stale(instrument, levels, reason);
                second.stale(instrument, levels, reason);
            }

            @Override
            public void forgetAfter(long nowMicros) {
                first.forgetAfter(nowMicros);
                second.forgetAfter(nowMicros);
            }
        };
    }

    /** A listener that does nothing. */
    MarketListener NONE = new MarketListener() {
        @Override
        public void trade(Trade trade) {
            // Does nothing.
        }

        @Override
        public void depth(Depth depth) {
            // Does nothing.
        }

        @Override
        public void stale(InstrumentId instrument, int levels, String reason) {
            // Does nothing.
        }
    };
}
