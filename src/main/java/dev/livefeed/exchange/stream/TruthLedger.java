package dev.livefeed.exchange.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The latest published states of a book topic by update id, to compare a client's book with.
 */
public final class TruthLedger {

    private static final int MAX_BYTES = 4 << 20;
    private static final int BYTES_PER_LEVEL = 20;

    private final int limit;
    private final Deque<BookPage> pages = new ArrayDeque<>();

    public TruthLedger(int depth) {
        limit = Math.max(20, MAX_BYTES / (2 * depth * BYTES_PER_LEVEL));
    }

    public void add(BookPage page) {
        if (pages.size() == limit) {
            pages.removeFirst();
        }
        pages.addLast(page);
    }

    /**
     * The newest state with this update id.
     *
     * @param changedAt time of the last change, since update ids repeat after a restart; negative for any
     */
    public Optional<BookPage> at(long updateId, long changedAt) {
        var newestFirst = pages.descendingIterator();
        while (newestFirst.hasNext()) {
            BookPage page = newestFirst.next();
            if (page.updateId() == updateId && (changedAt < 0 || page.changedAt() == changedAt)) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    public Optional<BookPage> newest() {
        return Optional.ofNullable(pages.peekLast());
    }
}
