package dev.livefeed.connector.feed.book;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The updates that came while a snapshot is fetched, in order. It has a limit: if it is reached, the oldest are
 * dropped, and a snapshot older than those that are left is fetched again.
 */
final class UpdateBuffer {

    private static final int MAX_UPDATES = 2_000;
    private static final int MAX_LEVELS = 100_000;

    private final Deque<BookUpdate> updates = new ArrayDeque<>();
    private int levels;

    void add(BookUpdate update) {
        updates.add(update.copy());
        levels += update.levels();
        while (updates.size() > MAX_UPDATES || levels > MAX_LEVELS) {
            levels -= updates.poll().levels();
        }
    }

    Iterable<BookUpdate> all() {
        return updates;
    }

    boolean isEmpty() {
        return updates.isEmpty();
    }

    BookUpdate first() {
        return updates.peek();
    }

    /** Drops the updates that came before then: a snapshot that is asked for later has them. */
    void dropBefore(long nanos) {
        while (!updates.isEmpty() && updates.peek().at() - nanos < 0) {
            levels -= updates.poll().levels();
        }
    }

    void clear() {
        updates.clear();
        levels = 0;
    }
}
