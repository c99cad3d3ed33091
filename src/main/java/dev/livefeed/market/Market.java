package dev.livefeed.market;

import dev.livefeed.event.Depth;
import dev.livefeed.event.Status;
import dev.livefeed.event.Trade;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All symbols. Trades and depth come in from their routes in the order of the feed; anyone may read. */
public final class Market {

    /** Symbols beyond this number are refused: a connector that invents names must not fill the memory. */
    public static final int MAX_SYMBOLS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(Market.class);
    private static final long ASK_AGAIN_MILLIS = 10_000;

    private final Map<String, SymbolMarket> symbols = new ConcurrentHashMap<>();
    private final Map<String, Long> resyncAsked = new ConcurrentHashMap<>();
    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private final LongSupplier millis;
    private volatile Consumer<String> resync = symbol -> {};

    /** @param millis a clock that never goes back, milliseconds */
    public Market(LongSupplier millis) {
        this.millis = millis;
    }

    /** Who asks the connector for a new snapshot of a symbol's book. */
    public void onResync(Consumer<String> request) {
        resync = request;
    }

    /** Takes a trade. */
    public void trade(Trade trade) {
        of(trade.symbol()).trade(trade);
    }

    /** Takes a snapshot or a delta; where an update was lost the book turns stale and a new snapshot is asked for. */
    public void depth(Depth depth) {
        String symbol = depth.symbol();
        SymbolMarket market = of(symbol);
        if (market.depth(depth)) {
            gaps.incrementAndGet();
            BookView book = market.deepest(0);
            LOG.warn("book_stale symbol={} reason=\"{}\"", symbol, book.reason());
            ask(symbol);
        } else if (depth.snapshot()) {
            if (!resyncAsked.isEmpty() && resyncAsked.remove(symbol) != null) {
                LOG.info("book_synced symbol={} last_update_id={}", symbol, depth.lastUpdateId());
            }
        } else if (!resyncAsked.isEmpty()) {
            Long asked = resyncAsked.get(symbol);
            if (asked != null && millis.getAsLong() - asked > ASK_AGAIN_MILLIS) {
                ask(symbol);
            }
        }
    }

    private void ask(String symbol) {
        resyncAsked.put(symbol, millis.getAsLong());
        resyncs.incrementAndGet();
        resync.accept(symbol);
    }

    /** A lost feed makes every book stale; a connector that resyncs a book says so for that one. */
    public void status(Status status) {
        switch (status.status()) {
            case Status.DISCONNECTED -> {
                resyncAsked.clear();
                String reason = status.reason() == null ? "the feed is down" : "the feed is down: " + status.reason();
                symbols.values().forEach(market -> market.stale(reason));
            }
            case Status.RESYNCING -> {
                SymbolMarket market = status.symbol() == null ? null : symbols.get(status.symbol());
                if (market != null) {
                    market.stale(status.reason() == null ? "the connector resyncs it" : status.reason());
                }
            }
            default -> {
                // Says nothing of a book.
            }
        }
    }

    private SymbolMarket of(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        if (market == null) {
            if (symbols.size() >= MAX_SYMBOLS) {
                throw new IllegalStateException(
                        "symbol " + symbol + " is one more than the " + MAX_SYMBOLS + " that are kept");
            }
            market = new SymbolMarket(symbol);
            symbols.put(symbol, market);
        }
        return market;
    }

    /** Names of all symbols that anything was heard of, sorted. */
    public List<String> symbols() {
        return symbols.keySet().stream().sorted().toList();
    }

    /** A copy of the symbol's state, or null where nothing was heard of it. */
    public SymbolView view(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.view();
    }

    /** A copy of the symbol's deepest book with at most so many levels a side, or null where there is none. */
    public BookView book(String symbol, int most) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.deepest(most);
    }

    /** Whether each book of the symbol may be read; false where there is none. */
    public boolean synced(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market != null && market.synced();
    }

    /** How often a book became stale by an update. */
    public long gaps() {
        return gaps.get();
    }

    /** How often a new snapshot was asked for. */
    public long resyncs() {
        return resyncs.get();
    }
}
