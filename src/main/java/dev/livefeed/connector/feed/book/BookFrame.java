package dev.livefeed.connector.feed.book;

import dev.livefeed.protocol.model.LevelList;

/** A frame of a book whose snapshots come in the stream; its levels are valid until the next frame. */
public interface BookFrame {

    /** Whether it replaces the book, and does not change it. */
    boolean isWholeBook();

    long updateId();

    /** Whether it is the next one after the frame with that update id. */
    boolean follows(long lastUpdateId);

    LevelList bids();

    LevelList asks();

    /** Exchange time in microseconds since 1970. */
    long timeMicros();

    /** Sequence across streams, or -1. */
    long seq();

    /**
     * Why a level of the book is not known after it, or null: the frame has changed one, but could not be read
     * completely.
     */
    String unknownLevel();
}
