package dev.livefeed.app.market;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The state of one symbol: one book per depth stream, and the newest trade. One writer, any number of readers. */
final class SymbolMarket {

    /** Books of a symbol, one for each number of levels; further ones are not kept. */
    static final int MAX_BOOKS = 8;

    private static final long TICKER_AHEAD_MICROS = 5_000_000;

    private final InstrumentId instrument;
    private final List<LocalOrderBook> books = new ArrayList<>(1);
    private volatile int bookCount;
    private final ContextRules rules;
    private final SymbolContext context;
    private ContextView viewed;
    private long viewedAt;
    private final NewestTrade newest = new NewestTrade();
    private Trade lastTrade;
    private Ticker lastTicker;
    private long trades;
    private long gaps;

    SymbolMarket(InstrumentId instrument, ContextRules rules) {
        this.instrument = instrument;
        this.rules = rules;
        this.context = new SymbolContext(instrument, rules);
    }

    /** Applies the trade and returns it, marked if it is late. One that cannot be counted moves no price. */
    synchronized Trade trade(Trade received) {
        Trade trade = newest.take(received);
        trades++;
        if (rules.ignores(trade)) {
            return trade;
        }
        context.trade(trade);
        if (!trade.late()) {
            lastTrade = trade;
        }
        return trade;
    }

    /** Called after the context was restored. */
    synchronized void restored() {
        newest.reach(newestMicros());
    }

    /** Exchange time of the newest trade in the context, or -1. */
    synchronized long newestMicros() {
        return context.today() == null ? -1 : context.today().newestMicros;
    }

    /** The event clock has stepped back to this time. */
    synchronized void forgetAfter(long nowMicros) {
        newest.forgetAfter(nowMicros);
    }

    /** Takes a ticker unless a newer one is known. A time ahead of the receipt of this one was wrong. */
    synchronized void ticker(Ticker ticker) {
        boolean older = lastTicker != null && ticker.timestampMicros() < lastTicker.timestampMicros();
        if (!older || lastTicker.timestampMicros() > ticker.receivedAt() + TICKER_AHEAD_MICROS) {
            lastTicker = ticker;
        }
    }

    /** The last ticker; null before the first. */
    synchronized Ticker ticker() {
        return lastTicker;
    }

    /** Runs work on the context with exclusive access. */
    synchronized <T> T context(Function<SymbolContext, T> work) {
        return work.apply(context);
    }

    /** Applies an update to its book. */
    synchronized LocalOrderBook.Effect depth(Depth depth) {
        LocalOrderBook book = book(depth.levels());
        if (book == null) {
            return LocalOrderBook.Effect.NOT_KEPT;
        }
        LocalOrderBook.Effect effect = book.apply(depth);
        if (effect == LocalOrderBook.Effect.STALE) {
            gaps++;
        }
        return effect;
    }

    /** Why the book of that stream is not synced, or null. */
    synchronized String reason(int levels) {
        LocalOrderBook book = book(levels);
        return book == null ? null : book.reason();
    }

    /** Number of its books. */
    int books() {
        return bookCount;
    }

    /** The book of that stream; null if there is no room for it. */
    private LocalOrderBook book(int levels) {
        for (LocalOrderBook book : books) {
            if (book.levels() == levels) {
                return book;
            }
        }
        if (books.size() == MAX_BOOKS) {
            books.removeIf(LocalOrderBook::silent);
        }
        if (books.size() == MAX_BOOKS) {
            return null;
        }
        LocalOrderBook book = new LocalOrderBook(levels);
        books.add(book);
        bookCount = books.size();
        return book;
    }

    /** @param levels of the book; 0 for all; a book without stated levels always matches */
    synchronized void stale(String reason, int levels) {
        books.stream()
                .filter(book -> levels == 0 || book.levels() == levels || book.levels() == 0)
                .forEach(book -> book.stale(reason));
    }

    /** The feed is lost: every book becomes stale. */
    synchronized void lost(String reason) {
        books.forEach(book -> book.lost(reason));
    }

    /** Whether the book of that stream may be read; if there is none, a book without stated levels is used. */
    synchronized boolean synced(int levels) {
        boolean stated = books.stream().anyMatch(book -> book.levels() == levels && !book.silent());
        int wanted = stated ? levels : 0;
        return books.stream().anyMatch(book -> book.levels() == wanted && book.state() == BookState.SYNCED);
    }

    /** The deepest book that receives updates, limited to a number of levels a side; null before the first depth. */
    synchronized BookView deepest(int maxLevels) {
        return deepest(levels -> true, maxLevels);
    }

    /** The deepest book among those with these levels. */
    synchronized BookView deepest(IntPredicate levels, int maxLevels) {
        LocalOrderBook chosen = null;
        for (LocalOrderBook book : books) {
            if (!levels.test(book.levels())) {
                continue;
            }
            if (chosen == null || (chosen.silent() && !book.silent())) {
                chosen = book;
            } else if (book.silent() == chosen.silent() && book.levels() > chosen.levels()) {
                chosen = book;
            }
        }
        return chosen == null ? null : chosen.view(instrument, maxLevels);
    }

    synchronized SymbolView view() {
        return new SymbolView(instrument, lastTrade, trades, gaps, deepest(1));
    }

    /** Null before the first trade. Returns the same object until something changes. */
    synchronized ContextView context() {
        if (viewedAt != context.changes()) {
            viewed = context.view();
            viewedAt = context.changes();
        }
        return viewed;
    }

    /** Whether every book that receives updates may be read. */
    synchronized boolean synced() {
        boolean any = false;
        for (LocalOrderBook book : books) {
            if (!book.silent()) {
                if (book.state() != BookState.SYNCED) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }
}
