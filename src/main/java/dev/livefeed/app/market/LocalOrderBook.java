package dev.livefeed.app.market;

import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;

/**
 * The local order book of one depth stream; it holds levels only while it is synced. Not thread-safe; a
 * {@link SymbolMarket} guards its books.
 */
public final class LocalOrderBook {

    private static final int MAX_LEVELS = 10_000;

    /** The effect of an update on the book. */
    public enum Effect {
        APPLIED,
        /** The update made the book stale. */
        STALE,
        /** A delta for a book that waits for a snapshot. */
        IGNORED,
        /** Its symbol has the maximum number of books. */
        NOT_KEPT
    }

    private final int levels;
    private final OrderBook book = new OrderBook(MAX_LEVELS);
    private BookState state = BookState.EMPTY;
    private String reason = "no snapshot yet";
    private long lastUpdateId = -1;
    private long timestampMicros = -1;
    private long receivedAt;
    private boolean silent;

    /** @param levels per side of its stream, or 0 if that is not known */
    public LocalOrderBook(int levels) {
        this.levels = levels;
    }

    int levels() {
        return levels;
    }

    BookState state() {
        return state;
    }

    /** Why the book may not be read, or null if it may. */
    public String reason() {
        return reason;
    }

    /** Whether no update has arrived since the feed was lost; its stream may no longer exist. */
    boolean silent() {
        return silent;
    }

    /** The feed is lost. */
    void lost(String why) {
        stale(why);
        silent = true;
    }

    /** Applies a snapshot or a delta; {@link #reason} says why the book is stale then. */
    public Effect apply(Depth depth) {
        silent = false;
        if (depth.snapshot()) {
            book.snapshot(depth.bids(), depth.asks());
            return accept(depth);
        }
        if (state != BookState.SYNCED) {
            return Effect.IGNORED;
        }
        if (depth.prevUpdateId() >= 0 && depth.prevUpdateId() != lastUpdateId) {
            stale("gap: the update continues " + depth.prevUpdateId() + ", the book stands at " + lastUpdateId);
            return Effect.STALE;
        }
        if (depth.prevUpdateId() < 0 && depth.lastUpdateId() <= lastUpdateId) {
            stale("gap: update " + depth.lastUpdateId() + " is not after " + lastUpdateId);
            return Effect.STALE;
        }
        try {
            book.apply(depth.bids(), depth.asks());
        } catch (ArithmeticException e) {
            stale(e.getMessage());
            return Effect.STALE;
        }
        return accept(depth);
    }

    private Effect accept(Depth depth) {
        if (book.crossed()) {
            stale("crossed: bid " + book.bestBid().toPlainString() + " is not below ask "
                    + book.bestAsk().toPlainString());
            return Effect.STALE;
        }
        lastUpdateId = depth.lastUpdateId();
        timestampMicros = depth.timestampMicros();
        receivedAt = depth.receivedAt();
        state = BookState.SYNCED;
        reason = null;
        return Effect.APPLIED;
    }

    /** The book must not be read until the next snapshot. */
    public void stale(String why) {
        if (state != BookState.EMPTY || lastUpdateId >= 0) {
            state = BookState.STALE;
        }
        reason = why;
        book.clear();
    }

    BookView view(InstrumentId instrument, int maxLevels) {
        boolean readable = state == BookState.SYNCED;
        return new BookView(
                instrument,
                levels,
                state,
                reason,
                new BookView.LastUpdate(lastUpdateId, timestampMicros, receivedAt),
                readable ? book.bids().top(maxLevels) : Levels.EMPTY,
                readable ? book.asks().top(maxLevels) : Levels.EMPTY);
    }
}
