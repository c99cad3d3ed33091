package dev.livefeed.market;

import dev.livefeed.book.OrderBook;
import dev.livefeed.event.Depth;
import dev.livefeed.event.Levels;

/** The book of one depth stream, kept only while it is known to be right. Guarded by its {@link SymbolMarket}. */
final class KeptBook {

    private static final int MAX_LEVELS = 10_000;

    private final int levels;
    private final OrderBook book = new OrderBook(MAX_LEVELS);
    private BookState state = BookState.EMPTY;
    private String reason = "no snapshot yet";
    private long lastUpdateId = -1;
    private long timestampMicros = -1;

    KeptBook(int levels) {
        this.levels = levels;
    }

    int levels() {
        return levels;
    }

    BookState state() {
        return state;
    }

    /**
     * Takes an update.
     *
     * @return whether the book has just become stale by it
     */
    boolean apply(Depth depth) {
        if (depth.snapshot()) {
            book.snapshot(depth.bids(), depth.asks());
            return accept(depth);
        }
        if (state != BookState.SYNCED) {
            return false;
        }
        if (depth.prevUpdateId() >= 0 && depth.prevUpdateId() != lastUpdateId) {
            stale("gap: the update continues " + depth.prevUpdateId() + ", the book stands at " + lastUpdateId);
            return true;
        }
        if (depth.prevUpdateId() < 0 && depth.lastUpdateId() <= lastUpdateId) {
            stale("gap: update " + depth.lastUpdateId() + " came behind " + lastUpdateId);
            return true;
        }
        try {
            book.apply(depth.bids(), depth.asks());
        } catch (ArithmeticException e) {
            stale(e.getMessage());
            return true;
        }
        return accept(depth);
    }

    private boolean accept(Depth depth) {
        if (book.crossed()) {
            stale("crossed: bid " + book.bestBid().toPlainString() + " is not below ask "
                    + book.bestAsk().toPlainString());
            return true;
        }
        lastUpdateId = depth.lastUpdateId();
        timestampMicros = depth.timestampMicros();
        state = BookState.SYNCED;
        reason = null;
        return false;
    }

    /** From now on the book must not be read, until the next snapshot. */
    void stale(String why) {
        if (state != BookState.EMPTY || lastUpdateId >= 0) {
            state = BookState.STALE;
        }
        reason = why;
        book.clear();
    }

    BookView view(String symbol, int most) {
        boolean readable = state == BookState.SYNCED;
        return new BookView(
                symbol,
                levels,
                state,
                reason,
                lastUpdateId,
                timestampMicros,
                readable ? book.bids().top(most) : Levels.EMPTY,
                readable ? book.asks().top(most) : Levels.EMPTY);
    }
}
