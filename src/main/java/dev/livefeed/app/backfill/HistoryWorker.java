package dev.livefeed.app.backfill;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.logging.LogVenue;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import dev.livefeed.protocol.status.StatusVisitor;
import dev.livefeed.protocol.status.Subscribed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests past data from the connector on a separate thread, one request at a time. */
public final class HistoryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWorker.class);

    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private final HistoryClient history;
    private final Backfill backfill;
    private final ChartBackfill charts;
    private final MarketHistory past;
    private final ExecutorService thread;
    private final AtomicBoolean filling = new AtomicBoolean();
    private final MissingTrades missing;
    private final Market market;
    private final CopyOnWriteArrayList<InstrumentId> symbols;
    private final boolean wanted;
    private final LongSupplier wallMillis;
    private final Supplier<FeedSnapshot> feed;
    private final TradeGaps gaps = new TradeGaps();
    /** Number of outages that have been handled. Only used by the thread of the feed. */
    private long outages;

    /**
     * Creates a worker; the first request is sent after {@link #fill}.
     *
     * @param feed state of the feed
     * @param millis monotonic clock, milliseconds
     * @param wallMillis the exchange's clock as far as it is known, milliseconds since 1970
     * @param past candles for charts
     */
    public HistoryWorker(
            HistoryClient history,
            Backfill.Plan plan,
            Market market,
            Supplier<FeedSnapshot> feed,
            LongSupplier millis,
            LongSupplier wallMillis,
            MarketHistory past) {
        this.history = history;
        this.past = past;
        this.market = market;
        this.feed = feed;
        this.wallMillis = wallMillis;
        symbols = new CopyOnWriteArrayList<>(plan.symbols());
        wanted = plan.wanted();
        thread = idleThread(plan.venue());
        missing = new MissingTrades(plan.wanted() ? symbols : List.of(), millis);
        backfill = new Backfill(plan, history, market, wallMillis, new BackfillProgress(millis), missing);
        charts = new ChartBackfill(history, past, this::begin, millis, wallMillis);
    }

    private static ExecutorService idleThread(String venue) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(LogVenue.in(venue, task), "backfill");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Starts the backfill, once per run. Does not wait. */
    public void fill() {
        begin(backfill::run);
    }

    /** Takes care of an instrument that is wanted from now on: its candles of today are requested soon. */
    public void add(InstrumentId instrument) {
        if (symbols.addIfAbsent(instrument) && wanted) {
            missing.add(instrument);
            long now = wallMillis.getAsLong();
            missing.suspect(instrument, now - Math.floorMod(now, DAY));
        }
    }

    /** Takes care of an instrument no longer. */
    public void remove(InstrumentId instrument) {
        symbols.remove(instrument);
        missing.remove(instrument);
    }

    /** Handles a history event. */
    public void event(HistoryEvent past) {
        history.event(past);
    }

    /** Handles an error, which may be the reply to a command. */
    public void failure(Failure failure) {
        history.failure(failure);
    }

    /**
     * Handles a status: the end of a reply, or a change of the feed. If trades were lost, candles are requested once
     * the feed is back.
     */
    public void status(Status status) {
        history.status(status);
        FeedSnapshot now = feed.get();
        if (now.losses().outages() != outages) {
            outages = now.losses().outages();
            symbols.forEach(instrument -> {
                missing.lost(instrument, lastTrade(instrument));
                past.lost(instrument);
            });
        }
        if (now.allConnected()) {
            symbols.forEach(missing::restored);
        }
        status.accept(gaps);
    }

    /** From when on trades come, and their gaps. */
    private final class TradeGaps implements StatusVisitor.WithDefault<Void> {

        @Override
        public Void other(Status status) {
            return null;
        }

        @Override
        public Void gap(Gap gap) {
            if (gap.symbol() != null && "trades".equals(gap.channel())) {
                InstrumentId instrument = market.instrument(gap);
                missing.suspect(instrument, Math.min(from(gap), lastTrade(instrument)));
                long newest = past.newestTrade(instrument);
                long now = wallMillis.getAsLong() * 1_000;
                past.gap(
                        instrument,
                        gap.from() != null ? Times.micros(gap.from()) : newest < 0 ? now : newest,
                        gap.to() != null ? Times.micros(gap.to()) : now);
            }
            return null;
        }

        @Override
        public Void subscribed(Subscribed status) {
            if (status.symbol() != null && "trades".equals(status.channel())) {
                past.subscribed(
                        market.instrument(status),
                        status.since() != null ? Times.micros(status.since()) : wallMillis.getAsLong() * 1_000);
            }
            return null;
        }
    }

    private long lastTrade(InstrumentId instrument) {
        ContextView context = market.context(instrument);
        return context == null || context.lastTimestampMicros() < 0
                ? wallMillis.getAsLong()
                : context.lastTimestampMicros() / 1_000;
    }

    private long from(Gap gap) {
        return gap.from() == null ? wallMillis.getAsLong() : gap.from().toEpochMilli();
    }

    /** Periods whose candles can be requested now. */
    List<MissingTrades.Period> due() {
        return missing.due();
    }

    /**
     * Requests candles for charts that are looked at, and for the due periods unless that is already running. Does not
     * wait.
     */
    public void fillMissingTrades() {
        charts.refresh();
        if (!due().isEmpty() && filling.compareAndSet(false, true)) {
            begin(() -> {
                try {
                    backfill.fillMissingTrades();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.error("backfill_missing_trades_not_filled: internal error", e);
                } finally {
                    filling.set(false);
                }
            });
        }
    }

    private void begin(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The application is stopping.
        }
    }

    /** Former name of {@link #fillMissingTrades}, for route files of earlier versions. */
    public void holes() {
        fillMissingTrades();
    }

    /** Cancels the running request and rejects further ones. */
    public void stop() {
        thread.shutdownNow();
    }

    /** Candles for charts. */
    public ChartBackfill charts() {
        return charts;
    }

    public Backfill backfill() {
        return backfill;
    }
}
