package dev.livefeed.connector.feed.book;

import dev.livefeed.connector.feed.stream.UnreadParts;
import dev.livefeed.protocol.model.Levels;

/**
 * A snapshot of a book from REST.
 *
 * @param lastId last id of the updates that it contains
 * @param millis exchange time in milliseconds since 1970, or 0 if the venue does not say
 * @param unread the levels that could not be read
 */
public record BookSnapshot(long lastId, long millis, Levels bids, Levels asks, UnreadParts unread) {

    /** Why a level of the book is not known, or null if all could be read. */
    String unknownLevel() {
        return unread.hidesLevel() ? unread.cause() : null;
    }
}
