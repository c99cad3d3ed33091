package dev.livefeed.app.backfill;

import dev.livefeed.app.feed.FeedSnapshot;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.Gap;
import dev.livefeed.protocol.status.Status;
import java.util.List;
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

/** Asks the connector for the past, one thing after the other in a thread of its own: nobody waits for it. */
public final class HistoryWorker {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryWorker.class);

    private final HistoryClient history;
    private final Backfill backfill;
    private final ExecutorService thread = idleThread();
    private final AtomicBoolean filling = new AtomicBoolean();
    private final MissingTrades holes;
    private final Market market;
    private final List<InstrumentId> symbols;
    private final LongSupplier wallMillis;
    private final Supplier<FeedSnapshot> feed;
    /** The outages of the feed that have been handled. Only used by the feed's thread. */
    private long outages;

    /**
     * Nothing is asked before something is begun.
     *
     * @param feed the state of the feed
     * @param millis a clock that never goes back, milliseconds
     * @param wallMillis wall clock, milliseconds since 1970
     */
    public HistoryWorker(
            HistoryClient history,
            Backfill.Plan plan,
            Market market,
            Supplier<FeedSnapshot> feed,
            LongSupplier millis,
            LongSupplier wallMillis) {
        this.history = history;
        this.market = market;
        this.feed = feed;
        this.wallMillis = wallMillis;
        symbols = plan.symbols();
        holes = new MissingTrades(plan.wanted() ? symbols : List.of(), millis);
        backfill = new Backfill(plan, history, market, wallMillis, new BackfillProgress(millis), holes);
    }

    private static ExecutorService idleThread() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "backfill");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Begins the backfill, once. Returns at once. */
    public void fill() {
        begin(backfill::run);
    }

    /** Takes an event of the past. */
    public void event(HistoryEvent past) {
        history.event(past);
    }

    /** Takes an error: it may be the answer to a command. */
    public void failure(Failure failure) {
        history.failure(failure);
    }

    /**
     * Takes a status: the end of an answer, or a change of the feed. If trades were lost, candles are requested when
     * the feed is back.
     */
    public void status(Status status) {
        history.status(status);
        FeedSnapshot now = feed.get();
        if (now.losses().outages() != outages) {
            outages = now.losses().outages();
            symbols.forEach(instrument -> holes.lost(instrument, lastTrade(instrument)));
        }
        if (now.whole()) {
            symbols.forEach(holes::back);
        }
        if (status instanceof Gap gap && gap.symbol() != null && "trades".equals(gap.channel())) {
            InstrumentId instrument = market.instrument(gap.symbol(), gap.category());
            holes.doubt(instrument, Math.min(from(gap), lastTrade(instrument)));
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

    /** Holes that candles may be asked for now. */
    List<MissingTrades.Hole> due() {
        return holes.due();
    }

    /** Asks for candles of the holes that are due, unless that is under way. Returns at once. */
    public void holes() {
        if (!due().isEmpty() && filling.compareAndSet(false, true)) {
            begin(() -> {
                try {
                    backfill.fillHoles();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.error("Backfill: a hole was left open by a fault of the program", e);
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
            // The application stops.
        }
    }

    /** Breaks off what is under way; nothing is begun any more. */
    public void stop() {
        thread.shutdownNow();
    }

    public Backfill backfill() {
        return backfill;
    }
}
