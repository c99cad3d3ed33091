package dev.livefeed.app.market;

import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** One symbol: its books, one for each depth of the stream, and its newest trade. One writer, any readers. */
final class SymbolMarket {

    private static final int MAX_STREAMS = 8;

    private final String symbol;
    private final List<LocalOrderBook> books = new ArrayList<>(1);
    private final SymbolContext context;
    private ContextView viewed;
    private long viewedAt;
    private final NewestTrade newest = new NewestTrade();
    private Trade lastTrade;
    private Ticker lastTicker;
    private long trades;
    private long gaps;

    SymbolMarket(String symbol, ContextRules rules) {
        this.symbol = symbol;
        this.context = new SymbolContext(symbol, rules);
    }

    /** Returns the trade, marked where it is late. */
    synchronized Trade trade(Trade came) {
        Trade trade = newest.take(came);
        if (!trade.late()) {
            lastTrade = trade;
        }
        trades++;
        context.trade(trade);
        return trade;
    }

    /** The context was restored: its trades are known. */
    synchronized void restored() {
        newest.reach(newestMicros());
    }

    /** Exchange time of the newest trade that the context knows of, or -1. */
    synchronized long newestMicros() {
        return context.today() == null ? -1 : context.today().newestMicros;
    }

    /** Time has stepped back to here. */
    synchronized void forgetAfter(long nowMicros) {
        newest.forgetAfter(nowMicros);
    }

    synchronized void ticker(Ticker ticker) {
        lastTicker = ticker;
    }

    /** The last ticker, null before the first. */
    synchronized Ticker ticker() {
        return lastTicker;
    }

    /** Lets somebody work on the context, alone. */
    synchronized <T> T context(Function<SymbolContext, T> work) {
        return work.apply(context);
    }

    /** Takes an update of one of the books. */
    synchronized LocalOrderBook.Effect depth(Depth depth) {
        LocalOrderBook.Effect effect = book(depth.levels()).apply(depth);
        if (effect == LocalOrderBook.Effect.STALE) {
            gaps++;
        }
        return effect;
    }

    /** Why the book of that stream may not be read, or null. */
    synchronized String reason(int levels) {
        return book(levels).reason();
    }

    private LocalOrderBook book(int levels) {
        for (LocalOrderBook book : books) {
            if (book.levels() == levels) {
                return book;
            }
        }
        if (books.size() == MAX_STREAMS) {
            books.removeIf(LocalOrderBook::silent);
        }
        if (books.size() == MAX_STREAMS) {
            throw new IllegalStateException(symbol + " has more than " + MAX_STREAMS
                    + " depth streams; the connector must keep to one or a few");
        }
        LocalOrderBook book = new LocalOrderBook(levels);
        books.add(book);
        return book;
    }

    /** @param levels of the book that is meant, 0 for all; a book of no stated levels may be the one */
    synchronized void stale(String reason, int levels) {
        books.stream()
                .filter(book -> levels == 0 || book.levels() == levels || book.levels() == 0)
                .forEach(book -> book.stale(reason));
    }

    /** The feed is lost, and with it every book. */
    synchronized void lost(String reason) {
        books.forEach(book -> book.lost(reason));
    }

    /** Whether the book of that stream may be read; where there is none, one of no stated levels may be it. */
    synchronized boolean synced(int levels) {
        boolean stated = books.stream().anyMatch(book -> book.levels() == levels && !book.silent());
        int meant = stated ? levels : 0;
        return books.stream().anyMatch(book -> book.levels() == meant && book.state() == BookState.SYNCED);
    }

    /** The deepest book that is fed, at most so many levels a side; null where no depth has come. */
    synchronized BookView deepest(int most) {
        return deepest(levels -> true, most);
    }

    /** The same among the books of these levels. */
    synchronized BookView deepest(IntPredicate levels, int most) {
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
        return chosen == null ? null : chosen.view(symbol, most);
    }

    synchronized SymbolView view() {
        return new SymbolView(symbol, lastTrade, trades, gaps, deepest(1));
    }

    /** Null before the first trade. The same object as long as nothing changes. */
    synchronized ContextView context() {
        if (viewedAt != context.changes()) {
            viewed = context.view();
            viewedAt = context.changes();
        }
        return viewed;
    }

    /** Whether every book that is fed may be read. */
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
