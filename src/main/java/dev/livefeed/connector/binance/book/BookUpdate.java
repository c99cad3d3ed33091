package dev.livefeed.connector.binance.book;

import dev.livefeed.connector.binance.stream.CombinedFrame;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;

/**
 * One update of a book.
 *
 * @param first first id
 * @param last last id
 * @param previous last id of the update before; -1 on spot
 * @param micros exchange time, microseconds since 1970
 * @param at nanoseconds of the feed's clock
 */
record BookUpdate(
        long first, long last, long previous, long micros, LevelList bids, LevelList asks, long receivedAt, long at) {

    /** The update of a frame; its levels are valid until the next frame. */
    static BookUpdate of(CombinedFrame frame, long receivedAt, long now) {
        return new BookUpdate(
                frame.firstId,
                frame.lastId,
                frame.previousId,
                frame.timeMicros(),
                frame.bids,
                frame.asks,
                receivedAt,
                now);
    }

    /** A copy that stays valid. */
    BookUpdate copy() {
        return new BookUpdate(first, last, previous, micros, copy(bids), copy(asks), receivedAt, at);
    }

    int levels() {
        return bids.size() + asks.size();
    }

    private static Levels copy(LevelList levels) {
        Levels.Builder copy = new Levels.Builder();
        for (int i = 0; i < levels.size(); i++) {
            copy.add(levels.priceUnscaled(i), levels.priceScale(), levels.qtyUnscaled(i), levels.qtyScale());
        }
        return copy.build();
    }
}
