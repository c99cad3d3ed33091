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
public record BookUpdate(long first, long last, long previous, long micros, Sides sides, long receivedAt, long at) {

    /**
     * The changed levels.
     *
     * @param unknownLevel why a level of the book is not known after it, or null: the update has changed one, but could
     *     not be read completely
     */
    public record Sides(LevelList bids, LevelList asks, String unknownLevel) {

        private Sides copy() {
            return new Sides(BookUpdate.copy(bids), BookUpdate.copy(asks), unknownLevel);
        }
    }

    LevelList bids() {
        return sides.bids();
    }

    LevelList asks() {
        return sides.asks();
    }

    String unknownLevel() {
        return sides.unknownLevel();
    }

    /** A copy that stays valid. */
    BookUpdate copy() {
        return new BookUpdate(first, last, previous, micros, sides.copy(), receivedAt, at);
    }

    int levels() {
        return bids().size() + asks().size();
    }

    private static Levels copy(LevelList levels) {
        Levels.Builder copy = new Levels.Builder();
        for (int i = 0; i < levels.size(); i++) {
            copy.add(levels.priceUnscaled(i), levels.priceScale(), levels.qtyUnscaled(i), levels.qtyScale());
        }
        return copy.build();
    }
}
