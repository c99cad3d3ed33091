package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.Bin;
import dev.livefeed.app.market.profile.Profile;
import dev.livefeed.app.state.DamagedStateException;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.ConnectionDown;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.InstrumentEnded;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
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

/** The state of all symbols. Trades, depth and tickers arrive from their routes in feed order; any thread may read. */
public final class Market {

    /** The maximum number of symbols; it bounds the memory that a faulty connector can use. */
    public static final int MAX_SYMBOLS = 2_000;

    /** Books of different depths of one symbol. */
    public static final int MAX_BOOKS = SymbolMarket.MAX_BOOKS;

    /** Number of digits by which a VWAP is finer than the tick size. */
    public static final int VWAP_DIGITS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Market.class);
    private static final long RESYNC_RETRY_MILLIS = 10_000;

    private final Map<InstrumentId, SymbolMarket> symbols = new ConcurrentHashMap<>();
    private final Map<InstrumentId, BigDecimal> ticks = new ConcurrentHashMap<>();
    private final Map<InstrumentId, ListingState> listings = new ConcurrentHashMap<>();
    /** Books that wait for a snapshot, with the time of the last request or of the first unusable delta. */
    private final Map<String, Long> awaited = new ConcurrentHashMap<>();

    private final VenueCounts gaps = new VenueCounts();
    private final AtomicLong notKept = new AtomicLong();
    private final AtomicLong booksNotKept = new AtomicLong();
    private final AtomicLong notListed = new AtomicLong();
    private final VenueCounts resyncs = new VenueCounts();
    private final LongSupplier millis;
    private final Instruments instruments;
    private final ContextRules rules;
    private final MarketStatus statuses = new MarketStatus();
    private final EndedInstruments ended = new EndedInstruments();
    private volatile Resync resync = (instrument, levels) -> {};
    private volatile Consumer<InstrumentId> opened = instrument -> {};
    private volatile MarketListener listener = MarketListener.NONE;

    /** @param millis a clock that never goes back, milliseconds */
    public Market(LongSupplier millis) {
        this(millis, ContextRules.DEFAULT);
    }

    /** @param millis a clock that never goes back, milliseconds */
    public Market(LongSupplier millis, ContextRules rules) {
        this(millis, rules, Instruments.NONE);
    }

    /**
     * @param millis a clock that never goes back, milliseconds
     * @param instruments resolves the symbol of a status
     */
    public Market(LongSupplier millis, ContextRules rules, Instruments instruments) {
        this.millis = millis;
        this.instruments = instruments;
        this.rules = rules;
    }

    /** Asks the connector for a new snapshot of a book. */
    public interface Resync {

        /** @param levels of the book's stream, or 0 if the connector does not say */
        void ask(InstrumentId instrument, int levels);
    }

    /** Sets the callback that asks the connector for a new snapshot of a book. */
    public void onResync(Resync request) {
        resync = request;
    }

    /** Sets the listener for applied events. */
    public void onTaken(MarketListener listener) {
        this.listener = listener;
    }

    /** Sets the callback for each new symbol, called before its first event is applied. */
    void onOpened(Consumer<InstrumentId> listener) {
        opened = listener;
    }

    /** Adds the symbol if it is missing. */
    void open(InstrumentId instrument) {
        of(instrument);
    }

    /**
     * Applies a trade.
     *
     * @throws IllegalArgumentException if a number needs more than 18 digits; the context then ignores the trade
     */
    public void trade(Trade trade) {
        SymbolMarket market = of(trade.instrument());
        if (market == null) {
            notKept.incrementAndGet();
        }
        listener.trade(market == null ? trade : market.trade(trade));
    }

    /**
     * Exchange time of the symbol's newest trade in microseconds, including trades of an earlier run; -1 if there is
     * none.
     */
    public long newestMicros(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? -1 : market.newestMicros();
    }

    /** The event clock has stepped back to this time: a newer trade time was wrong. */
    public void forgetAfter(long nowMicros) {
        symbols.values().forEach(market -> market.forgetAfter(nowMicros));
        listener.forgetAfter(nowMicros);
    }

    /** Stores the latest ticker of a symbol. */
    public void ticker(Ticker ticker) {
        SymbolMarket market = of(ticker.instrument());
        if (market == null) {
            notKept.incrementAndGet();
        } else {
            market.ticker(ticker);
        }
    }

    /** The last ticker of the symbol, or null. */
    public Ticker lastTicker(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.ticker();
    }

    /**
     * Applies a snapshot or a delta. If an update was lost, the book becomes stale and a new snapshot is requested. The
     * request is repeated while deltas keep arriving without a snapshot.
     */
    public void depth(Depth depth) {
        InstrumentId instrument = depth.instrument();
        SymbolMarket market = of(instrument);
        if (market == null) {
            notKept.incrementAndGet();
            return;
        }
        switch (market.depth(depth)) {
            case STALE -> {
                gaps.increment(instrument.venue());
                String reason = market.reason(depth.levels());
                LOG.warn("book_stale symbol={} reason=\"{}\"", instrument.market(), reason);
                listener.stale(instrument, depth.levels(), reason);
                ask(depth);
            }
            case IGNORED -> {
                long now = millis.getAsLong();
                Long since = awaited.putIfAbsent(bookOf(depth), now);
                if (since != null && now - since > RESYNC_RETRY_MILLIS) {
                    ask(depth);
                }
            }
            case NOT_KEPT -> booksNotKept.incrementAndGet();
            case APPLIED -> {
                if (depth.snapshot() && !awaited.isEmpty() && awaited.remove(bookOf(depth)) != null) {
                    LOG.info("book_synced symbol={} last_update_id={}", instrument.market(), depth.lastUpdateId());
                }
                listener.depth(depth);
            }
        }
    }

    private void ask(Depth depth) {
        awaited.put(bookOf(depth), millis.getAsLong());
        resyncs.increment(depth.instrument().venue());
        resync.ask(depth.instrument(), depth.levels());
    }

    private static String bookOf(Depth depth) {
        return depth.instrument().toString() + '/' + depth.levels();
    }

    /** Applies a status: a lost feed makes every book stale, a resync makes that book stale. */
    public void status(Status status) {
        status.accept(statuses);
    }

    /** Applies statuses to books and listings. */
    private final class MarketStatus implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void connectionDown(ConnectionDown status) {
            // If it is not, a resyncing status follows for each affected book.
            if (status.feedLost()) {
                String reason = status.reason() == null ? "the feed is down" : "the feed is down: " + status.reason();
                if (instruments.severalVenues()) {
                    lost(status.venue(), reason);
                } else {
                    awaited.clear();
                    symbols.values().forEach(market -> market.lost(reason));
                    listener.stale(null, 0, reason);
                }
            }
            return null;
        }

        /** The feed of one venue is lost; the books of the others stay as they are. */
        private void lost(String venue, String reason) {
            symbols.forEach((instrument, market) -> {
                if (Objects.equals(venue, instrument.venue())) {
                    awaited.keySet().removeIf(book -> book.startsWith(instrument.toString() + '/'));
                    market.lost(reason);
                    listener.stale(instrument, 0, reason);
                }
            });
        }

        @Override
        public Void resyncing(Resyncing status) {
            InstrumentId instrument = instrument(status);
            String reason = status.reason() == null ? "the connector resyncs the book" : status.reason();
            if (instrument == null) {
                symbols.forEach((each, market) -> {
                    if (!instruments.severalVenues() || Objects.equals(status.venue(), each.venue())) {
                        stale(each, market, status.depth(), reason);
                    }
                });
            } else if (symbols.containsKey(instrument)) {
                stale(instrument, symbols.get(instrument), status.depth(), reason);
            }
            return null;
        }

        private void stale(InstrumentId instrument, SymbolMarket market, int levels, String reason) {
            market.stale(reason, levels);
            listener.stale(instrument, levels, reason);
        }

        @Override
        public Void instrumentInfo(InstrumentInfo status) {
            InstrumentId instrument = instrument(status);
            if (mayList(instrument)) {
                listed(instrument, ListingState.of(status));
                if (ListingState.listedAgain(status)) {
                    ended.remove(instrument);
                }
            }
            return null;
        }

        @Override
        public Void instrumentEnded(InstrumentEnded status) {
            InstrumentId instrument = instrument(status);
            if (instrument != null && instruments.wants(instrument)) {
                ended.add(instrument, status);
            }
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            InstrumentId instrument = instrument(status);
            if (instrument != null) {
                ended.remove(instrument);
            }
            return null;
        }

        @Override
        public Void delisting(Delisting status) {
            InstrumentId instrument = instrument(status);
            if (mayList(instrument)) {
                listings.merge(instrument, ListingState.of(status), (before, now) -> before.delisted());
            }
            return null;
        }
    }

    private InstrumentId instrument(Status status) {
        return status.symbol() == null ? null : instruments.of(status);
    }

    /** The instrument of an event that is about one; a missing category is taken from the configuration. */
    public InstrumentId instrument(Event event) {
        return instruments.of(event);
    }

    private boolean mayList(InstrumentId instrument) {
        if (instrument == null || !instruments.wants(instrument)) {
            return false;
        }
        boolean room = listings.size() < MAX_SYMBOLS || listings.containsKey(instrument);
        if (!room) {
            notListed.incrementAndGet();
        }
        return room;
    }

    private void listed(InstrumentId instrument, ListingState listing) {
        ListingState before = listings.put(instrument, listing);
        if (listing.tickSize() != null
                && (before == null
                        || before.tickSize() == null
                        || before.tickSize().compareTo(listing.tickSize()) != 0)) {
            tickSize(instrument, listing.tickSize());
        } else if (listing.tickSize() == null && before == null) {
            noTickSize(instrument);
        }
    }

    /** What the exchange lists for the symbol, or null if the connector has not reported it. */
    public ListingState listing(InstrumentId instrument) {
        return listings.get(instrument);
    }

    /** Instruments that have ended. */
    public EndedInstruments ended() {
        return ended;
    }

    /** The shortest text that identifies this instrument among the configured ones. */
    public String name(InstrumentId instrument) {
        return instruments.name(instrument);
    }

    /** All instruments with a listing, sorted. */
    public List<InstrumentId> listed() {
        return listings.keySet().stream().sorted().toList();
    }

    /** Returns null if the instrument is one more than are kept. */
    private SymbolMarket of(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        if (market == null) {
            if (symbols.size() >= MAX_SYMBOLS) {
                return null;
            }
            market = new SymbolMarket(instrument, rules);
            SymbolMarket other = symbols.putIfAbsent(instrument, market);
            if (other == null) {
                opened.accept(instrument);
                applyTick(market, ticks.get(instrument));
            } else {
                market = other;
            }
        }
        return market;
    }

    /** Whether there is any data of the instrument. */
    public boolean has(InstrumentId instrument) {
        return symbols.containsKey(instrument);
    }

    /** Gives up everything about an instrument that has ended. Called by the feed's thread. */
    public void release(InstrumentId instrument) {
        symbols.remove(instrument);
        ticks.remove(instrument);
        listings.remove(instrument);
        awaited.keySet().removeIf(book -> book.startsWith(instrument.toString() + '/'));
    }

    /** Number of instruments with any data. */
    public int size() {
        return symbols.size();
    }

    /** Number of events of instruments beyond the limit, which are not kept. */
    public long notKept() {
        return notKept.get();
    }

    /** Number of books of the symbol that has the most. */
    public int mostBooks() {
        return symbols.values().stream().mapToInt(SymbolMarket::books).max().orElse(0);
    }

    /** Number of updates of books beyond the limit of their symbol, which are not kept. */
    public long booksNotKept() {
        return booksNotKept.get();
    }

    /** Number of instruments with a listing. */
    public int listings() {
        return listings.size();
    }

    /** Number of listings of instruments beyond the limit, which are not kept. */
    public long notListed() {
        return notListed.get();
    }

    /** All instruments with any data, sorted. */
    public List<InstrumentId> symbols() {
        return symbols.keySet().stream().sorted().toList();
    }

    /** The instruments with any data that a subscribed one stands for: itself, or the contracts of a base coin. */
    public List<InstrumentId> coveredBy(InstrumentId instrument) {
        return instrument.isBaseCoin() && !symbols.containsKey(instrument)
                ? symbols.keySet().stream().filter(instrument::covers).sorted().toList()
                : List.of(instrument);
    }

    /** A copy of the symbol's state, or null if nothing was received for it. */
    public SymbolView view(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.view();
    }

    /** A copy of the symbol's deepest book, limited to a number of levels a side, or null if it has no book. */
    public BookView book(InstrumentId instrument, int maxLevels) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.deepest(maxLevels);
    }

    /**
     * A copy of one of the symbol's books, or null if none matches.
     *
     * @param levels selects books by the levels of their streams; of several the deepest is returned
     * @param maxLevels maximum number of levels a side
     */
    public BookView book(InstrumentId instrument, IntPredicate levels, int maxLevels) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.deepest(levels, maxLevels);
    }

    /** A copy of the symbol's market context; null before its first trade or candle. */
    public ContextView context(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.context();
    }

    /** The sums behind the symbol's context; null before its first trade. */
    public DayReport dayReport(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? null : market.context(DayReport::of);
    }

    /**
     * Traded bins of the symbol's profile of today, lowest first.
     *
     * @param from the lowest price
     * @param limit maximum number of bins
     * @return null before the first trade
     */
    public List<Bin> bins(InstrumentId instrument, BigDecimal from, int limit) {
        SymbolMarket market = symbols.get(instrument);
        // Copying is fast; the feed must not wait while thousands of decimals are built.
        Profile profile = market == null
                ? null
                : market.context(context ->
                        context.today() == null ? null : context.today().profile.copy());
        return profile == null ? null : profile.bins(from, limit);
    }

    /**
     * Restores a symbol's saved context.
     *
     * @return its change counter after the restore
     */
    long restore(InstrumentId instrument, ContextState state) throws DamagedStateException {
        SymbolMarket market = of(instrument);
        if (market == null) {
            return -1;
        }
        synchronized (market) {
            SymbolContext context = market.context(Function.identity());
            state.restoreTo(context, rules);
            market.restored();
            return context.changes();
        }
    }

    /** An independent copy of the symbol's context, or null if it has none or has not changed since. */
    SymbolContext contextSince(InstrumentId instrument, Long changes) {
        SymbolMarket market = symbols.get(instrument);
        return market == null
                ? null
                : market.context(context ->
                        context.today() == null || Objects.equals(changes, context.changes()) ? null : context.copy());
    }

    /** Sets the exchange's tick size of a symbol, which need not be known yet. */
    public void tickSize(InstrumentId instrument, BigDecimal size) {
        if (ticks.size() < MAX_SYMBOLS) {
            ticks.put(instrument, size);
        }
        applyTick(symbols.get(instrument), size);
    }

    private static void applyTick(SymbolMarket market, BigDecimal size) {
        if (market != null && size != null) {
            market.context(context -> {
                context.tickSize(size);
                return null;
            });
        }
    }

    /** The exchange publishes no tick size for the symbol: the profile keeps its bins. */
    private void noTickSize(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        if (market != null) {
            market.context(context -> {
                context.noTickSize();
                return null;
            });
        }
    }

    /**
     * Counts a one-minute candle in place of trades that were not recorded, and marks the day as approximate.
     *
     * @return whether it was counted; false if its minute has trades or a candle, or its day is neither today nor
     *     yesterday
     */
    public boolean fill(InstrumentId instrument, ExchangeCandle candle) {
        SymbolMarket market = of(instrument);
        return market != null && market.context(context -> context.fill(candle));
    }

    /** Takes the exchange's candle of yesterday if its volume differs from the recorded trades. */
    public void fillDay(InstrumentId instrument, ExchangeCandle candle) {
        SymbolMarket market = of(instrument);
        if (market != null) {
            market.context(context -> {
                context.dayCandle(candle);
                return null;
            });
        }
    }

    /**
     * Counts a past trade of today for its own time; see {@link SymbolContext#past}.
     *
     * @return whether it was counted
     */
    public boolean past(Trade trade) {
        SymbolMarket market = rules.ignores(trade) ? null : of(trade.instrument());
        boolean counted = market != null && market.context(context -> context.past(trade));
        if (counted) {
            listener.past(trade);
        }
        return counted;
    }

    /** Exchange time of the first live trade that is counted besides past ones; -1 if there is none yet. */
    public long firstLiveMicros(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market == null ? -1 : market.context(SymbolContext::firstLiveMicros);
    }

    /** Marks today as approximate, because some of its trades cannot be had. */
    public void approximate(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        if (market != null) {
            market.context(context -> {
                context.approximate();
                return null;
            });
        }
    }

    /** Starts this day if the symbol's newest day is older. */
    public void beginDay(InstrumentId instrument, LocalDate day) {
        SymbolMarket market = of(instrument);
        if (market != null) {
            market.context(context -> {
                context.advanceTo(day);
                return null;
            });
        }
    }

    /** Whether every book of the symbol may be read; false if it has none. */
    public boolean synced(InstrumentId instrument) {
        SymbolMarket market = symbols.get(instrument);
        return market != null && market.synced();
    }

    /** Whether the symbol's book with this number of levels may be read; false if it has none. */
    public boolean synced(InstrumentId instrument, int levels) {
        SymbolMarket market = symbols.get(instrument);
        return market != null && market.synced(levels);
    }

    /** Number of updates that made a book stale. */
    public long gaps() {
        return gaps.total();
    }

    /** The same of one venue. */
    public long gaps(String venue) {
        return gaps.of(venue);
    }

    /** Number of requested snapshots. */
    public long resyncs() {
        return resyncs.total();
    }

    /** The same of one venue. */
    public long resyncs(String venue) {
        return resyncs.of(venue);
    }
}
