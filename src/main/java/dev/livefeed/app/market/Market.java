package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.market.profile.Profile;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All symbols. Trades, depth and tickers come in from their routes in the order of the feed; anyone may read. */
public final class Market {

    /** Symbols beyond this number are refused: a connector that invents names must not fill the memory. */
    public static final int MAX_SYMBOLS = 2_000;

    /** How many digits finer than the tick a VWAP is given. */
    public static final int VWAP_DIGITS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Market.class);
    private static final long ASK_AGAIN_MILLIS = 10_000;

    private final Map<String, SymbolMarket> symbols = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> ticks = new ConcurrentHashMap<>();
    private final Map<String, ListingState> listings = new ConcurrentHashMap<>();
    /** Books that wait for a snapshot, and since when: since it was asked for, or since a change could not be used. */
    private final Map<String, Long> awaited = new ConcurrentHashMap<>();

    private final AtomicLong gaps = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private final LongSupplier millis;
    private final ContextRules rules;
    private final MarketStatus statuses = new MarketStatus();
    private volatile Resync resync = (symbol, levels) -> {};
    private volatile Consumer<String> opened = symbol -> {};
    private volatile MarketListener listener = MarketListener.NONE;

    /** @param millis a clock that never goes back, milliseconds */
    public Market(LongSupplier millis) {
        this(millis, ContextRules.DEFAULT);
    }

    /** @param millis a clock that never goes back, milliseconds */
    public Market(LongSupplier millis, ContextRules rules) {
        this.millis = millis;
        this.rules = rules;
    }

    /** Asks the connector for a new snapshot of a book. */
    public interface Resync {

        /** @param levels of the book's stream, or 0 where the connector does not say */
        void ask(String symbol, int levels);
    }

    /** Who asks the connector for a new snapshot of a symbol's book. */
    public void onResync(Resync request) {
        resync = request;
    }

    /** Who is told of what was taken. */
    public void onTaken(MarketListener told) {
        listener = told;
    }

    /** Who is told of each symbol that is new here, before its first event is taken. */
    void onOpened(Consumer<String> listener) {
        opened = listener;
    }

    /** Makes the symbol known, if it is not. */
    void open(String symbol) {
        of(symbol);
    }

    /**
     * Takes a trade.
     *
     * @throws IllegalArgumentException where a number needs more than 18 digits: the context leaves the trade out then
     */
    public void trade(Trade trade) {
        listener.trade(of(trade.symbol()).trade(trade));
    }

    /** Exchange time of the symbol's newest trade, those of an earlier run included; -1 where none is known. */
    public long newestMicros(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? -1 : market.newestMicros();
    }

    /** Time has stepped back to here: a newest trade beyond it was wrong. */
    public void forgetAfter(long nowMicros) {
        symbols.values().forEach(market -> market.forgetAfter(nowMicros));
    }

    /** Takes a ticker: the last one is kept. */
    public void ticker(Ticker ticker) {
        of(ticker.symbol()).ticker(ticker);
    }

    /** The last ticker of the symbol, or null where there was none. */
    public Ticker lastTicker(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.ticker();
    }

    /**
     * Takes a snapshot or a delta. Where an update was lost the book turns stale and a new snapshot is asked for, and so it
     * is where changes come for a while of a book whose snapshot does not.
     */
    public void depth(Depth depth) {
        String symbol = depth.symbol();
        SymbolMarket market = of(symbol);
        switch (market.depth(depth)) {
            case STALE -> {
                gaps.incrementAndGet();
                String reason = market.reason(depth.levels());
                LOG.warn("book_stale symbol={} reason=\"{}\"", symbol, reason);
                listener.stale(symbol, depth.levels(), reason);
                ask(depth);
            }
            case UNUSED -> {
                long now = millis.getAsLong();
                Long since = awaited.putIfAbsent(bookOf(depth), now);
                if (since != null && now - since > ASK_AGAIN_MILLIS) {
                    ask(depth);
                }
            }
            case TAKEN -> {
                if (depth.snapshot() && !awaited.isEmpty() && awaited.remove(bookOf(depth)) != null) {
                    LOG.info("book_synced symbol={} last_update_id={}", symbol, depth.lastUpdateId());
                }
                listener.depth(depth);
            }
        }
    }

    private void ask(Depth depth) {
        awaited.put(bookOf(depth), millis.getAsLong());
        resyncs.incrementAndGet();
        resync.ask(depth.symbol(), depth.levels());
    }

    private static String bookOf(Depth depth) {
        return depth.symbol() + '/' + depth.levels();
    }

    /** A lost feed makes every book stale; a connector that resyncs a book says so for that one. */
    public void status(Status status) {
        status.accept(statuses);
    }

    /** What statuses say of books and of what is listed. */
    private final class MarketStatus implements StatusVisitor<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            // While others are open, a resyncing follows for each book that ended with the connection.
            if (!status.othersOpen()) {
                awaited.clear();
                String reason = status.reason() == null ? "the feed is down" : "the feed is down: " + status.reason();
                symbols.values().forEach(market -> market.lost(reason));
                listener.stale(null, 0, reason);
            }
            return null;
        }

        @Override
        public Void resyncing(Resyncing status) {
            SymbolMarket market = status.symbol() == null ? null : symbols.get(status.symbol());
            if (market != null) {
                String reason = status.reason() == null ? "the connector resyncs it" : status.reason();
                market.stale(reason, status.depth());
                listener.stale(status.symbol(), status.depth(), reason);
            }
            return null;
        }

        @Override
        public Void instrumentInfo(InstrumentInfo status) {
            if (mayList(status.symbol())) {
                listed(status.symbol(), ListingState.of(status));
            }
            return null;
        }

        @Override
        public Void delisting(Delisting status) {
            if (mayList(status.symbol())) {
                listings.merge(status.symbol(), ListingState.of(status), (before, now) -> before.leaving());
            }
            return null;
        }
    }

    private boolean mayList(String symbol) {
        return symbol != null && (listings.size() < MAX_SYMBOLS || listings.containsKey(symbol));
    }

    private void listed(String symbol, ListingState listing) {
        ListingState before = listings.put(symbol, listing);
        if (listing.tickSize() != null
                && (before == null
                        || before.tickSize() == null
                        || before.tickSize().compareTo(listing.tickSize()) != 0)) {
            tickSize(symbol, listing.tickSize());
        }
    }

    /** What the connector says that the exchange lists of the symbol, or null where it has not said. */
    public ListingState listing(String symbol) {
        return listings.get(symbol);
    }

    /** All symbols that something is listed of, sorted. */
    public List<String> listed() {
        return listings.keySet().stream().sorted().toList();
    }

    private SymbolMarket of(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        if (market == null) {
            if (symbols.size() >= MAX_SYMBOLS) {
                throw new IllegalStateException(
                        "symbol " + symbol + " is one more than the " + MAX_SYMBOLS + " that are kept");
            }
            market = new SymbolMarket(symbol, rules);
            SymbolMarket other = symbols.putIfAbsent(symbol, market);
            if (other == null) {
                opened.accept(symbol);
                applyTick(market, ticks.get(symbol));
            } else {
                market = other;
            }
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

    /**
     * A copy of one of the symbol's books with at most so many levels a side, or null where there is none of them.
     *
     * @param levels which are meant, by the levels of their streams; of several the deepest
     */
    public BookView book(String symbol, IntPredicate levels, int most) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.deepest(levels, most);
    }

    /** A copy of the symbol's market context, or null before its first trade or candle. */
    public ContextView context(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.context();
    }

    /** The sums behind the symbol's context, or null before its first trade. */
    public DayReport dayReport(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market == null ? null : market.context(DayReport::of);
    }

    /**
     * Bins of the symbol's profile of today that were traded in, lowest first.
     *
     * @param from the price to begin at
     * @param most how many at most
     * @return null before the first trade
     */
    public List<Bin> bins(String symbol, BigDecimal from, int most) {
        SymbolMarket market = symbols.get(symbol);
        // A copy is made fast; the feed must not wait for thousands of decimals.
        Profile profile = market == null
                ? null
                : market.context(context ->
                        context.today() == null ? null : context.today().profile.copy());
        return profile == null ? null : profile.bins(from, most);
    }

    /**
     * Takes over a symbol's saved context.
     *
     * @return the state of change it has then
     */
    long restore(ContextState state) throws DamagedStateException {
        SymbolMarket market = of(state.symbol());
        synchronized (market) {
            SymbolContext context = market.context(Function.identity());
            state.restoreTo(context, rules);
            market.restored();
            return context.changes();
        }
    }

    /** A copy of the symbol's context that nobody changes, or null where it has none, or none newer than that. */
    SymbolContext contextSince(String symbol, Long changes) {
        SymbolMarket market = symbols.get(symbol);
        return market == null
                ? null
                : market.context(context ->
                        context.today() == null || Objects.equals(changes, context.changes()) ? null : context.copy());
    }

    /** Takes the exchange's tick size of a symbol, whether anything was heard of it yet or not. */
    public void tickSize(String symbol, BigDecimal size) {
        if (ticks.size() < MAX_SYMBOLS) {
            ticks.put(symbol, size);
        }
        applyTick(symbols.get(symbol), size);
    }

    private static void applyTick(SymbolMarket market, BigDecimal size) {
        if (market != null && size != null) {
            market.context(context -> {
                context.tickSize(size);
                return null;
            });
        }
    }

    /** The exchange names no tick size of the symbol: the profile keeps the bins it has. */
    public void noTickSize(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        if (market != null) {
            market.context(context -> {
                context.noTickSize();
                return null;
            });
        }
    }

    /**
     * Lets a candle of a minute stand in for trades that nobody recorded, marked as approximate.
     *
     * @return whether it was counted: not where its minute has trades or a candle, or its day is neither today nor the day
     *     before
     */
    public boolean fill(String symbol, VenueCandle candle) {
        return of(symbol).context(context -> context.fill(candle));
    }

    /** Takes the exchange's candle of the day before, where that holds more than what was recorded. */
    public void fillDay(String symbol, VenueCandle candle) {
        of(symbol).context(context -> {
            context.dayCandle(candle);
            return null;
        });
    }

    /** Begins this day, where the symbol's newest is an older one. */
    public void beginDay(String symbol, LocalDate day) {
        of(symbol).context(context -> {
            context.reach(day);
            return null;
        });
    }

    /** Whether each book of the symbol may be read; false where there is none. */
    public boolean synced(String symbol) {
        SymbolMarket market = symbols.get(symbol);
        return market != null && market.synced();
    }

    /** Whether the symbol's book of that many levels may be read; false where there is none. */
    public boolean synced(String symbol, int levels) {
        SymbolMarket market = symbols.get(symbol);
        return market != null && market.synced(levels);
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
