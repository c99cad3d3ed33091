package dev.livefeed.market;

import dev.livefeed.event.Depth;
import dev.livefeed.event.Ticker;
import dev.livefeed.event.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One symbol: its books, one for each depth of the stream, and its last trade. One writer, any readers. */
final class SymbolMarket {

    private static final int MAX_STREAMS = 8;

    private final String symbol;
    private final List<KeptBook> books = new ArrayList<>(1);
    private final SymbolContext context;
    private ContextView viewed;
    private long viewedAt;
    private Trade lastTrade;
    private Ticker lastTicker;
    private long trades;
    private long gaps;

    SymbolMarket(String symbol, ContextRules rules) {
        this.symbol = symbol;
        this.context = new SymbolContext(symbol, rules);
    }

    synchronized void trade(Trade trade) {
        lastTrade = trade;
        trades++;
        context.trade(trade);
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

    /** Returns whether a book has just become stale by this update. */
    synchronized boolean depth(Depth depth) {
        boolean lost = book(depth.levels()).apply(depth);
        if (lost) {
            gaps++;
        }
        return lost;
    }

    private KeptBook book(int levels) {
        for (KeptBook book : books) {
            if (book.levels() == levels) {
                return book;
            }
        }
        if (books.size() == MAX_STREAMS) {
            throw new IllegalStateException(symbol + " has more than " + MAX_STREAMS
                    + " depth streams; the connector must keep to one or a few");
        }
        KeptBook book = new KeptBook(levels);
        books.add(book);
        return book;
    }

    /** @param levels of the book that is meant, 0 for all; a book of no stated levels may be the one */
    synchronized void stale(String reason, int levels) {
        books.stream()
                .filter(book -> levels == 0 || book.levels() == levels || book.levels() == 0)
                .forEach(book -> book.stale(reason));
    }

    /** Whether the book of that stream may be read. */
    synchronized boolean synced(int levels) {
        return books.stream().anyMatch(book -> book.levels() == levels && book.state() == BookState.SYNCED);
    }

    /** The deepest book, at most so many levels a side; null where no depth has come. */
    synchronized BookView deepest(int most) {
        KeptBook chosen = null;
        for (KeptBook book : books) {
            if (chosen == null || book.levels() > chosen.levels()) {
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

    synchronized boolean synced() {
        return !books.isEmpty() && books.stream().allMatch(book -> book.state() == BookState.SYNCED);
    }
}
