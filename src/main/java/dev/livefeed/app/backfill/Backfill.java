package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.BackfillProgress.Status;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.VenueCandle;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills what nobody recorded of the day before and of today so far from the exchange's candles. A
 * minute with a trade that was counted is left as it is, and a trade of a minute that was filled is not counted again.
 */
public final class Backfill {

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    /** The candle of the day before, its minutes, and those of today. */
    private static final int REQUESTS = 3;

    private final Plan plan;
    private final HistoryClient history;
    private final Market market;
    private final LongSupplier nowMillis;
    private final BackfillProgress progress;
    private final MissingTrades holes;

    /**
     * What is to be filled.
     *
     * @param source name of the data source, for the log
     * @param wanted whether the levels were asked for
     * @param category of the symbols
     * @param tickWait for how long the tick sizes are waited for, so that the profiles begin with the right bins
     */
    public record Plan(String source, boolean wanted, String category, List<String> symbols, Duration tickWait) {}

    /**
     * @param nowMillis wall clock
     * @param holes that come up while the program runs
     */
    Backfill(
            Plan plan,
            HistoryClient history,
            Market market,
            LongSupplier nowMillis,
            BackfillProgress progress,
            MissingTrades holes) {
        this.plan = plan;
        this.history = history;
        this.market = market;
        this.nowMillis = nowMillis;
        this.progress = progress;
        this.holes = holes;
    }

    /** The holes of the running feed, by what became of them. */
    public MissingTrades.Counts holes() {
        return holes.counts();
    }

    public BackfillProgress progress() {
        return progress;
    }

    /** Whether levels are to be filled in. */
    public boolean wanted() {
        return plan.wanted();
    }

    /** The state of the connector's circuit to the exchange, or null where it tells none. */
    public String circuit() {
        return history.circuit();
    }

    /** Fills what is to be filled, unless that was begun before; ends when it is done. */
    void run() {
        if (progress.status() != Status.PENDING) {
            return;
        }
        try {
            if (!plan.wanted()) {
                LOG.info("Backfill: skipped (using {} for live data)", plan.source());
                progress.end(Status.SKIPPED);
                return;
            }
            long begun = nowMillis.getAsLong();
            if (fill()) {
                // The candles that were not settled yet, and what the feed missed before its first trade.
                plan.symbols().forEach(symbol -> holes.doubt(symbol, begun - 2 * MINUTE));
            }
        } catch (InterruptedException e) {
            progress.end(Status.STOPPED);
        } catch (RuntimeException e) {
            LOG.error("Backfill: broken off by a fault of the program", e);
            progress.failure(e.toString());
            progress.end(Status.FAILED);
        }
    }

    /** False where the connector has no history. */
    private boolean fill() throws InterruptedException {
        progress.begin(plan.symbols().size() * REQUESTS);
        LOG.info("Backfill: started symbols={} requests={}", plan.symbols().size(), progress.total());
        history.awaitProcess();
        awaitTicks();
        int done = 0;
        for (String symbol : plan.symbols()) {
            int before = progress.current();
            try {
                fill(symbol, Math.floorDiv(nowMillis.getAsLong(), DAY) * DAY);
                done++;
            } catch (HistoryException e) {
                if (e.kind() != HistoryException.Kind.FAILED && done == 0) {
                    LOG.info("Backfill: skipped (using {} for live data): {}", plan.source(), e.getMessage());
                    progress.skip(e.getMessage());
                    return false;
                }
                LOG.warn("Backfill: symbol={} not filled: {}", symbol, e.getMessage());
                progress.failure(symbol + ": " + e.getMessage());
                progress.step(before + REQUESTS - progress.current(), 0);
            }
        }
        boolean all = done == plan.symbols().size();
        progress.end(all ? Status.DONE : done > 0 ? Status.PARTLY : Status.FAILED);
        LOG.info("Backfill: {} symbols={} minutes={}", progress.status(), done, progress.filled());
        return true;
    }

    private void awaitTicks() throws InterruptedException {
        long until = System.nanoTime() + plan.tickWait().toNanos();
        while (System.nanoTime() < until && plan.symbols().stream().anyMatch(this::withoutTick)) {
            Thread.sleep(50);
        }
    }

    private boolean withoutTick(String symbol) {
        ListingState listing = market.listing(symbol);
        return listing == null || listing.tickSize() == null;
    }

    /** Asks for the candles of holes that are due. */
    void fillHoles() throws InterruptedException {
        Status status = progress.status();
        if (status != Status.DONE && status != Status.PARTLY) {
            return;
        }
        for (MissingTrades.Hole hole : holes.due()) {
            try {
                int before = progress.filled();
                long now = nowMillis.getAsLong();
                long today = Math.floorDiv(now, DAY) * DAY;
                long from = Math.floorDiv(Math.max(hole.fromMillis(), today - DAY), MINUTE) * MINUTE;
                market.beginDay(hole.symbol(), LocalDate.ofEpochDay(today / DAY));
                minutes(hole.symbol(), from, now);
                holes.done(hole);
                if (progress.filled() > before) {
                    LOG.info(
                            "Backfill: hole filled symbol={} from={} minutes={}",
                            hole.symbol(),
                            Instant.ofEpochMilli(from),
                            progress.filled() - before);
                }
            } catch (HistoryException e) {
                boolean again = holes.failed(hole);
                LOG.warn(
                        "Backfill: symbol={} hole not filled: {}: {}",
                        hole.symbol(),
                        e.getMessage(),
                        again ? "tried again later" : "given up");
            }
        }
    }

    private void fill(String symbol, long today) throws HistoryException, InterruptedException {
        List<Kline> days = day(symbol, today);
        market.beginDay(symbol, LocalDate.ofEpochDay(today / DAY));
        progress.step(1, 0);
        minutes(symbol, today - DAY, today);
        days.forEach(day -> market.fillDay(symbol, VenueCandle.of(day)));
        minutes(symbol, today, nowMillis.getAsLong());
    }

    /** The candle of the day before; none where the connector knows minutes alone. */
    private List<Kline> day(String symbol, long today) throws HistoryException, InterruptedException {
        try {
            return checked(
                    history.candles(KlineInterval.DAY, DAY, symbol, plan.category(), today - DAY, today), symbol);
        } catch (HistoryException e) {
            if (e.kind() == HistoryException.Kind.UNSUPPORTED) {
                return List.of();
            }
            throw e;
        }
    }

    private void minutes(String symbol, long from, long to) throws HistoryException, InterruptedException {
        HistoryAnswer answer = history.candles(KlineInterval.MINUTE, MINUTE, symbol, plan.category(), from, to);
        int filled = 0;
        for (Kline candle : answer.candles()) {
            filled += market.fill(symbol, VenueCandle.of(candle)) ? 1 : 0;
        }
        progress.step(0, filled);
        checked(answer, symbol);
        progress.step(1, 0);
    }

    private static List<Kline> checked(HistoryAnswer answer, String symbol) throws HistoryException {
        if (answer.missing() != null) {
            throw new HistoryException(HistoryException.Kind.FAILED, answer.missing());
        }
        return answer.candles();
    }
}
