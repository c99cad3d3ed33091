package dev.livefeed.connector.feed.book;

import dev.livefeed.protocol.model.Levels;

/**
 * A snapshot of a book from REST.
 *
 * @param lastId last id of the updates that it contains
 * @param millis exchange time in milliseconds since 1970, or 0 if the venue does not say
 */
public record BookSnapshot(long lastId, long millis, Levels bids, Levels asks) {}
