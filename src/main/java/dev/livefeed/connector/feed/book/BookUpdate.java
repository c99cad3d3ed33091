package dev.livefeed.connector.feed.book;

import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;

/**
 * One update of a book. Levels that are read from a frame are valid until the next frame.
 *
 * @param first first id
 * @param last last id
 * @param previous last id of the update before; -1 if it does not say
 * @param micros exchange time, microseconds since 1970
 * @param at nanoseconds of the feed's clock
 */
public record BookUpdate(
        long first, long last, long previous, long micros, LevelList bids, LevelList asks, long receivedAt, long at) {

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
