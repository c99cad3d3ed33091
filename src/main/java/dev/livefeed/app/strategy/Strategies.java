package dev.livefeed.app.strategy;

import dev.livefeed.app.feed.FeedSnapshots;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.PaperBroker;
import dev.livefeed.protocol.codec.NewestTrade;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Resyncing;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The strategy engine: receives trades, depth and status after the market, maintains candles, sessions and regimes, and
 * delivers moments to the strategies. All times are event times. One thread delivers events; any thread may read.
 */
public final class Strategies {

    /** Maximum number of symbols with candles. */
    public static final int MAX_SYMBOLS = 2_000;

    /** If trades arrive for this long without any depth, the feed is assumed to have none. */
    private static final long NO_DEPTH = 10 * Timeframe.SECOND;

    private final StrategySettings settings;
    private final MarketReader market;
    private final EventClock clock;
    private final PaperBroker broker;
    private final StrategyQueues queues;
    private final SessionScheduler sessions;
    private final LongSupplier nanos;
    private final long bookEvery;
    private final StrategyStatuses statuses = new StrategyStatuses();
    private final Map<InstrumentId, SymbolState> symbols = new ConcurrentHashMap<>();
    private volatile SymbolState[] all = {};
    private volatile Consumer<Candle> onClosed = candle -> {};
    private final Availability availability;
    private final FeedSnapshots feeds;

    private volatile long nextClose = Long.MAX_VALUE;
    private volatile long lastEventNanos;
    private volatile long tooManySymbols;

    /** The state of one symbol. */
    private static final class SymbolState {
        private final InstrumentId instrument;
        private final Candles candles;
        /** Only used by the feed's thread. */
        private final NewestTrade newest = new NewestTrade();

        private volatile Regime regime;
        private long nextTop = Long.MIN_VALUE;
        /** Whether its strategies wait until its book is synced. */
        private volatile boolean awaitsBook = true;
        /**
         * Whether any depth has arrived, and the first trade since the feed was lost. Only used by the feed's thread.
         */
        private boolean depthSeen;

        private long firstTrade = -1;

        private SymbolState(InstrumentId instrument, Candles candles) {
            this.instrument = instrument;
            this.candles = candles;
        }
    }

    /**
     * @param feeds the states of the feeds
     * @param nanos a monotonic clock; used only to close candles while no event arrives
     */
    public Strategies(
            StrategySettings settings,
            MarketReader market,
            EventClock clock,
            PaperBroker broker,
            StrategyQueues queues,
            FeedSnapshots feeds,
            LongSupplier nanos) {
        this.settings = settings;
        this.market = market;
        this.clock = clock;
        this.broker = broker;
        this.queues = queues;
        this.sessions = new SessionScheduler(settings.sessions());
        this.feeds = feeds;
        this.availability = new Availability(feeds);
        this.nanos = nanos;
        this.bookEvery = settings.bookEvery().toNanos() / 1_000;
        this.lastEventNanos = nanos.getAsLong();
        sessions.onChange(this::sessionChanged);
    }

    /** Sets the listener for closed candles, called on the thread that closes them. */
    public void onClosed(Consumer<Candle> listener) {
        onClosed = listener;
    }

    /** Processes a trade that the market has applied. */
    public void trade(Trade trade) {
        seen(clock.trade(trade.timestampMicros()));
        SymbolState state = of(trade.instrument());
        if (state == null) {
            return;
        }
        if (state.awaitsBook && !state.depthSeen) {
            state.firstTrade = state.firstTrade < 0 ? clock.now() : Math.min(state.firstTrade, clock.now());
            if (clock.now() - state.firstTrade >= NO_DEPTH) {
                resume(state);
            }
        }
        if (trade.blockTrade() && settings.ignoreBlockTrades()) {
            return;
        }
        broker.trade(state.newest.take(trade));
        List<Candle> closed;
        synchronized (this) {
            closed = state.candles.add(trade);
            long next = state.candles.nextCloseAt();
            if (next < nextClose) {
                nextClose = next;
            }
        }
        if (!closed.isEmpty()) {
            closed(state, closed);
        }
    }

    /** Processes a snapshot or a delta that the market has applied. */
    public void depth(Depth depth) {
        seen(clock.depth(depth.timestampMicros()));
        broker.depth(depth.instrument());
        SymbolState state = of(depth.instrument());
        if (state == null) {
            return;
        }
        state.depthSeen = true;
        if (state.awaitsBook && market.synced(depth.instrument())) {
            resume(state);
        }
        if (queues.anyFor(StrategyTopic.BOOK_TOPS)) {
            if (clock.now() >= state.nextTop || clock.now() < state.nextTop - bookEvery) {
                state.nextTop = clock.now() + bookEvery;
                BookTop top = BookTop.of(market.book(depth.instrument(), 1));
                if (top != null) {
                    deliver(StrategyTopic.BOOK_TOPS, "book-top", state, null, top, null);
                }
            }
        }
    }

    /** Processes a status: when the feed is lost, orders are cancelled and strategies pause. */
    public void status(Status status) {
        String loss = availability.newLoss(status.venue());
        if (loss == null) {
            status.accept(statuses);
        } else {
            pauseAll(status.venue(), loss);
        }
    }

    /** Pauses all instruments of a venue and cancels their orders. */
    private void pauseAll(String venue, String reason) {
        String key = feeds.key(venue);
        for (SymbolState state : all) {
            if (key.equals(feeds.key(state.instrument.venue()))) {
                pause(state);
            }
        }
        broker.feedDown(order -> key.equals(feeds.key(order.venue())), reason);
    }

    /** The statuses that matter to strategies while the feed is not lost. */
    private final class StrategyStatuses implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void resyncing(Resyncing status) {
            if (feeds.of(status.venue()).link().down().isEmpty()) {
                return null;
            }
            // The connection of its book, and possibly of its trades, is lost: its resting orders can no longer be
            // simulated.
            if (status.symbol() == null) {
                pauseAll(status.venue(), "a connection to the exchange is down");
                return null;
            }
            InstrumentId instrument = market.instrument(status);
            broker.feedDown(instrument, "a connection to the exchange is down");
            SymbolState state = symbols.get(instrument);
            if (state != null) {
                pause(state);
            }
            return null;
        }
    }

    private void resume(SymbolState state) {
        state.awaitsBook = false;
        availability.resumed(state.instrument.venue());
    }

    private static void pause(SymbolState state) {
        state.awaitsBook = true;
        state.firstTrade = -1;
    }

    /**
     * Closes candles while a connected feed delivers no events: time continues from the last event by the local clock.
     * Does nothing in lockstep, because a replay does not wait.
     */
    public void tick() {
        long now = clock.now();
        if (now >= 0 && availability.noFeed() == null && !settings.lockstep()) {
            closeBy(now + (nanos.getAsLong() - lastEventNanos) / 1_000);
        }
    }

    private void seen(boolean steppedBack) {
        lastEventNanos = nanos.getAsLong();
        if (steppedBack) {
            for (SymbolState state : all) {
                state.newest.forgetAfter(clock.now());
                closed(state, state.candles.restart());
            }
        }
        long now = clock.now();
        sessions.clock(now);
        broker.clock(now);
        if (now >= nextClose) {
            closeBy(now);
        }
    }

    private void closeBy(long now) {
        List<SymbolState> changed = new ArrayList<>();
        List<List<Candle>> closed = new ArrayList<>();
        synchronized (this) {
            long next = Long.MAX_VALUE;
            for (SymbolState state : all) {
                List<Candle> some = state.candles.clock(now);
                if (!some.isEmpty()) {
                    changed.add(state);
                    closed.add(some);
                }
                next = Math.min(next, state.candles.nextCloseAt());
            }
            nextClose = next;
        }
        for (int i = 0; i < changed.size(); i++) {
            closed(changed.get(i), closed.get(i));
        }
    }

    private SymbolState of(InstrumentId instrument) {
        SymbolState state = symbols.get(instrument);
        if (state == null) {
            if (symbols.size() >= MAX_SYMBOLS) {
                tooManySymbols++;
                return null;
            }
            long lateness = settings.lateness().toNanos() / 1_000;
            state = new SymbolState(instrument, new Candles(instrument, settings.timeframes(), lateness));
            symbols.put(instrument, state);
            all = new TreeMap<>(symbols).values().toArray(SymbolState[]::new);
        }
        return state;
    }

    /** Whether the instrument has candles. */
    public boolean has(InstrumentId instrument) {
        return symbols.containsKey(instrument);
    }

    /** Gives up an instrument that has ended. Called by the feed's thread. */
    public void release(InstrumentId instrument) {
        if (symbols.remove(instrument) != null) {
            all = new TreeMap<>(symbols).values().toArray(SymbolState[]::new);
        }
    }

    /** Number of events of instruments beyond the limit, which have no candles. */
    public long withoutCandles() {
        return tooManySymbols;
    }

    /** Number of instruments with candles. */
    public int size() {
        return symbols.size();
    }

    private void closed(SymbolState state, List<Candle> closed) {
        for (Candle candle : closed) {
            if (candle.timeframe().equals(settings.regimeTimeframe())) {
                classify(state, candle);
            }
        }
        for (Candle candle : closed) {
            deliver(StrategyTopic.CANDLES, "candle", state, candle, null, null);
            onClosed.accept(candle);
        }
    }

    private void classify(SymbolState state, Candle candle) {
        Regime before = state.regime;
        List<Candle> candles = state.candles.lastClosed(settings.regimeTimeframe(), RegimeClassifier.LOOKBACK);
        Regime now = RegimeClassifier.classify(
                state.instrument,
                candles,
                market.context(state.instrument),
                !sessions.open().isEmpty(),
                candle.endMicros());
        state.regime = now;
        if (before == null
                || !before.kind().equals(now.kind())
                || !before.direction().equals(now.direction())) {
            deliver(StrategyTopic.REGIMES, "regime", state, candle, null, null);
        }
    }

    private void sessionChanged(SessionChange change) {
        for (SymbolState state : all) {
            deliver(StrategyTopic.SESSIONS, "session", state, null, null, change);
        }
    }

    private void deliver(
            StrategyTopic topic, String kind, SymbolState state, Candle candle, BookTop top, SessionChange change) {
        if (!availability.works(state.instrument.venue()) || state.awaitsBook) {
            return;
        }
        ContextView context = null;
        BookTop best = top;
        Regime regime = state.regime;
        boolean loaded = false;
        for (StrategyQueue queue : queues.all()) {
            boolean wanted = queue.wants(topic, state.instrument)
                    && (topic != StrategyTopic.CANDLES || queue.timeframe().equals(candle.timeframe()));
            if (!wanted) {
                continue;
            }
            if (!loaded) {
                context = market.context(state.instrument);
                best = top != null ? top : BookTop.of(market.book(state.instrument, 1));
                loaded = true;
            }
            List<Candle> candles = state.candles.lastClosed(queue.timeframe(), Moment.CANDLES);
            Candle last = candle != null && candle.timeframe().equals(queue.timeframe())
                    ? candle
                    : candles.isEmpty() ? null : candles.get(candles.size() - 1);
            queues.deliver(
                    queue,
                    new Moment(
                            new Moment.Trigger(kind, queue.strategy(), state.instrument, clock.now()),
                            new Moment.History(queue.timeframe(), last, candles),
                            best,
                            context,
                            regime == null ? Regime.unknown(state.instrument, clock.now()) : regime,
                            new Moment.Hours(change, sessions.open(), sessions.secondsToChange()),
                            queue.sweeps().detect(candles),
                            broker.position(queue.strategy(), state.instrument)));
        }
    }

    /** Why no moments are delivered, or null if they are. */
    public String unavailable() {
        return availability.noFeed();
    }

    /**
     * Checks a queue before it is added.
     *
     * @throws IllegalArgumentException if its timeframe is not configured
     */
    public void check(StrategyQueue queue) {
        if (settings.timeframes().stream().noneMatch(t -> t.name().equals(queue.timeframe()))) {
            throw new IllegalArgumentException("timeframe " + queue.timeframe() + " is not configured; the "
                    + "configured ones are "
                    + settings.timeframes().stream().map(Timeframe::name).toList() + " (STRATEGY_TIMEFRAMES)");
        }
    }

    /** Adds a queue. */
    public void listen(StrategyQueue queue) {
        check(queue);
        queues.add(queue);
    }

    /** Removes a queue. */
    public void leave(StrategyQueue queue) {
        queues.remove(queue);
    }

    /** The last candles, oldest first, ending with the open one; null if the symbol or the timeframe is not known. */
    public List<Candle> candles(InstrumentId instrument, String timeframe, int count) {
        SymbolState state = symbols.get(instrument);
        return state == null ? null : state.candles.last(timeframe, count);
    }

    /** Number of trades of the symbol that were too late for a candle. */
    public long late(InstrumentId instrument) {
        SymbolState state = symbols.get(instrument);
        return state == null ? 0 : state.candles.late();
    }

    /** The regime of a symbol; null before the first candle of the regime's timeframe. */
    public Regime regime(InstrumentId instrument) {
        SymbolState state = symbols.get(instrument);
        return state == null ? null : state.regime;
    }

    /** Symbols with candles, sorted. */
    public List<InstrumentId> symbols() {
        return symbols.keySet().stream().sorted().toList();
    }

    public StrategySettings settings() {
        return settings;
    }

    public SessionScheduler sessions() {
        return sessions;
    }

    public StrategyQueues queues() {
        return queues;
    }

    public EventClock clock() {
        return clock;
    }

    public PaperBroker broker() {
        return broker;
    }
}
