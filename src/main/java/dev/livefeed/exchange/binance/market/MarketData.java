package dev.livefeed.exchange.binance.market;

import dev.livefeed.exchange.market.Book;
import dev.livefeed.exchange.market.BoundedHistory;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.exchange.stream.TruthLedger;
import dev.livefeed.exchange.wire.AsciiText;
import java.util.ArrayDeque;
import java.util.Deque;

/** A market in the terms of Binance. Not thread-safe. */
public final class MarketData {

    /** Period over which futures aggregate trades, milliseconds. */
    public static final int AGGREGATION_MILLIS = 100;

    private static final int MAX_TRUTH_LEVELS = 1000;
    private static final int MAX_RECENT_IDS = 1024;
    /** On futures, some trades are not public, so that their ids are missing. */
    private static final int PUBLIC_TRADES_IN_A_ROW = 97;

    private final SimulatedMarket market;
    private final BinanceNumbers numbers;
    private final AggregateTrades aggregates;
    private final boolean spot;
    private final long firstId;
    private final Deque<Long> recentIds = new ArrayDeque<>();
    private TruthLedger ledger;

    MarketData(SimulatedMarket market, int tradesKept, long startedAt) {
        this.market = market;
        this.numbers = new BinanceNumbers(market.instrument());
        this.spot = market.instrument().category() == ProductCategory.SPOT;
        // Ids are above those of earlier runs.
        this.firstId = startedAt;
        this.aggregates = new AggregateTrades(market.trades(), tradesKept, spot, startedAt / 2, this::tradeId);
    }

    /** Called after each step of the markets. */
    void advance(long at) {
        if (recentIds.isEmpty() || recentIds.peekLast() != updateId()) {
            if (recentIds.size() == MAX_RECENT_IDS) {
                recentIds.removeFirst();
            }
            recentIds.addLast(updateId());
        }
        if (spot || at % AGGREGATION_MILLIS == 0) {
            aggregates.close();
        }
    }

    public SimulatedMarket market() {
        return market;
    }

    public String symbol() {
        return market.instrument().symbol();
    }

    public boolean spot() {
        return spot;
    }

    public BinanceNumbers numbers() {
        return numbers;
    }

    /** The venue's id of a trade by its number. */
    public long tradeId(long number) {
        return firstId + number + (spot ? 0 : number / PUBLIC_TRADES_IN_A_ROW);
    }

    /** Number of the first kept trade that has at least this id; that of the next trade if none has. */
    public long tradeNumber(long id) {
        if (id <= firstId) {
            return trades().oldest();
        }
        if (id > tradeId(trades().written())) {
            return trades().written();
        }
        long number = spot ? id - firstId : (id - firstId) * PUBLIC_TRADES_IN_A_ROW / (PUBLIC_TRADES_IN_A_ROW + 1);
        while (number > 0 && tradeId(number - 1) >= id) {
            number--;
        }
        while (tradeId(number) < id) {
            number++;
        }
        return Math.max(number, trades().oldest());
    }

    public BoundedHistory<MatchedTrade> trades() {
        return market.trades();
    }

    public BoundedHistory<AggregateTrade> aggregates() {
        return aggregates.history();
    }

    /** Number of the first kept aggregate trade that has at least this id. */
    public long aggregateNumber(long id) {
        return Math.max(id - firstId / 2, aggregates.history().oldest());
    }

    /**
     * The id of the last change of the book: on spot changes are counted, so that there is no hole; on futures all
     * symbols share a sequence.
     */
    public long updateId() {
        Book book = market.book();
        return spot ? firstId + book.version() : book.sequence();
    }

    /** The first id after an earlier one that belongs to this book. */
    public long firstIdAfter(long id) {
        if (spot) {
            return id + 1;
        }
        return recentIds.stream().filter(recent -> recent > id).findFirst().orElse(updateId());
    }

    /** Records the book as it is now, to compare a client's book with. */
    public void record() {
        if (ledger != null && ledger.newest().map(BookPage::updateId).orElse(-1L) != updateId()) {
            ledger.add(page());
        }
    }

    /** Records from now on. */
    public void startRecording() {
        if (ledger == null) {
            int levels =
                    Math.max(market.book().bids().count(), market.book().asks().count());
            ledger = new TruthLedger(Math.max(1, Math.min(levels, MAX_TRUTH_LEVELS)));
            record();
        }
    }

    /** The recorded state with an update id, or the current one for a negative id; null if it is not recorded. */
    public BookPage pageAt(long id) {
        if (id < 0) {
            return page();
        }
        return ledger == null ? null : ledger.at(id, -1).orElse(null);
    }

    private BookPage page() {
        return new BookPage(
                side(true, MAX_TRUTH_LEVELS),
                side(false, MAX_TRUTH_LEVELS),
                updateId(),
                market.book().sequence(),
                market.book().changedAt());
    }

    /** The best levels of a side as JSON pairs joined by commas. */
    public String side(boolean bid, int levels) {
        var ladder = market.book().side(bid);
        AsciiText out = new AsciiText(1024);
        for (int i = 0; i < Math.min(levels, ladder.count()); i++) {
            out.add("[\"");
            numbers.price(out, ladder.price(i));
            out.add("\",\"");
            numbers.size(out, ladder.size(i));
            out.add("\"],");
        }
        return out.dropLast(',').toString();
    }
}
