package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.BackfillProgress.BackfillStatus;
import dev.livefeed.app.market.ExchangeCandle;
import dev.livefeed.app.market.ListingState;
import dev.livefeed.app.market.Market;
import dev.livefeed.protocol.model.InstrumentId;
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
 * Fills unrecorded minutes of the previous day and of today from the exchange's candles. A minute with counted trades
 * is left as it is, and later trades of a filled minute are not counted. If trades are wanted, today is counted from
 * all of its trades instead; a venue without them is filled from candles.
 */
public final class Backfill {

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    /** Requests per symbol: the previous day's candle, its minutes, and today's minutes. */
    private static final int REQUESTS = 3;

    private final Plan plan;
    private final HistoryClient history;
    private final Market market;
    private final LongSupplier nowMillis;
    private final BackfillProgress progress;
    private final MissingTrades missing;
    private final TradesOfToday trades;
    /** Steps of the progress per instrument. */
    private final int steps;

    /**
     * Plan of a backfill.
     *
     * @param source name of the data source, for the log
     * @param venue of the source, for the log
     * @param mode {@code off}, {@code levels} from candles, or {@code trades}
     * @param tickWait maximum wait for the tick sizes, which determine the bins of the profiles
     */
    public record Plan(String source, String venue, String mode, List<InstrumentId> symbols, Duration tickWait) {

        boolean wanted() {
            return !mode.equals("off");
        }

        boolean trades() {
            return mode.equals("trades");
        }
    }

    /**
     * @param nowMillis wall clock
     * @param missing periods without trades that occur while the application runs
     */
    Backfill(
            Plan plan,
            HistoryClient history,
            Market market,
            LongSupplier nowMillis,
            BackfillProgress progress,
            MissingTrades missing) {
        this.plan = plan;
        this.history = history;
        this.market = market;
        this.nowMillis = nowMillis;
        this.progress = progress;
        this.missing = missing;
        this.trades = new TradesOfToday(history, market, nowMillis, progress);
        this.steps = plan.trades() ? REQUESTS - 1 + BackfillProgress.PERCENT : REQUESTS;
    }

    /** Number of periods with missing trades, by state. */
    public MissingTrades.Counts missingTrades() {
        return missing.counts();
    }

    public BackfillProgress progress() {
        return progress;
    }

    /** The setting: {@code off}, {@code levels} or {@code trades}. */
    public String mode() {
        return plan.mode();
    }

    /** State of the connector's circuit breaker for history requests, or null if it is not reported. */
    public String circuit() {
        return history.circuit();
    }

    /** Runs the backfill unless it was started before; returns when it has ended. */
    void run() {
        if (progress.status() != BackfillStatus.PENDING) {
            return;
        }
        try {
            if (!plan.wanted()) {
                LOG.info("Backfill: skipped (using {} for live data)", plan.source());
                progress.end(BackfillStatus.SKIPPED);
                return;
            }
            long begun = nowMillis.getAsLong();
            if (fill()) {
                // Candles that were not settled yet, and trades before the first one of the feed.
                plan.symbols().forEach(instrument -> missing.suspect(instrument, begun - 2 * MINUTE));
            }
        } catch (InterruptedException e) {
            progress.end(BackfillStatus.STOPPED);
        } catch (RuntimeException e) {
            LOG.error("backfill_failed: internal error", e);
            progress.failure(e.toString());
            progress.end(BackfillStatus.FAILED);
        }
    }

    /** Returns false if the connector has no history. */
    private boolean fill() throws InterruptedException {
        progress.begin(plan.symbols().size() * steps);
        LOG.info("backfill_started symbols={} requests={}", plan.symbols().size(), progress.total());
        history.awaitProcess();
        awaitTicks();
        int done = 0;
        for (InstrumentId instrument : plan.symbols()) {
            int before = progress.current();
            try {
                fill(instrument, Math.floorDiv(nowMillis.getAsLong(), DAY) * DAY);
                done++;
            } catch (HistoryException e) {
                if (e.kind() != HistoryException.Kind.FAILED && done == 0) {
                    LOG.info("Backfill: skipped (using {} for live data): {}", plan.source(), e.getMessage());
                    progress.skip(e.getMessage());
                    return false;
                }
                LOG.warn("backfill_symbol_not_filled symbol={} reason=\"{}\"", instrument.market(), e.getMessage());
                progress.failure(market.name(instrument) + ": " + e.getMessage());
                progress.step(before + steps - progress.current(), 0);
            }
        }
        boolean all = done == plan.symbols().size();
        progress.end(all ? BackfillStatus.DONE : done > 0 ? BackfillStatus.PARTLY : BackfillStatus.FAILED);
        LOG.info(
                "backfill_ended status={} symbols={} minutes={} trades={}",
                progress.status(),
                done,
                progress.filled(),
                progress.trades());
        return true;
    }

    private void awaitTicks() throws InterruptedException {
        history.awaitStatus(() -> plan.symbols().stream().noneMatch(this::withoutTick), plan.tickWait());
    }

    private boolean withoutTick(InstrumentId instrument) {
        ListingState listing = market.listing(instrument);
        return listing == null || listing.tickSize() == null;
    }

    /** Requests the candles of the due periods. */
    void fillMissingTrades() throws InterruptedException {
        BackfillStatus status = progress.status();
        if (status != BackfillStatus.DONE && status != BackfillStatus.PARTLY) {
            return;
        }
        for (MissingTrades.Period period : missing.due()) {
            try {
                int before = progress.filled();
                long now = nowMillis.getAsLong();
                long today = Math.floorDiv(now, DAY) * DAY;
                long from = Math.floorDiv(Math.max(period.fromMillis(), today - DAY), MINUTE) * MINUTE;
                market.beginDay(period.instrument(), LocalDate.ofEpochDay(today / DAY));
                minutes(period.instrument(), from, now);
                missing.done(period);
                if (progress.filled() > before) {
                    LOG.info(
                            "backfill_missing_trades_filled symbol={} from={} minutes={}",
                            period.instrument().market(),
                            Instant.ofEpochMilli(from),
                            progress.filled() - before);
                }
            } catch (HistoryException e) {
                boolean again = missing.failed(period);
                LOG.warn(
                        "backfill_missing_trades_not_filled symbol={} reason=\"{}\": {}",
                        period.instrument().market(),
                        e.getMessage(),
                        again ? "retried later" : "given up");
            }
        }
    }

    private void fill(InstrumentId instrument, long today) throws HistoryException, InterruptedException {
        List<Kline> days = day(instrument, today);
        market.beginDay(instrument, LocalDate.ofEpochDay(today / DAY));
        progress.step(1, 0);
        minutes(instrument, today - DAY, today);
        days.forEach(day -> market.fillDay(instrument, ExchangeCandle.of(day)));
        if (plan.trades()) {
            today(instrument, today);
        } else {
            minutes(instrument, today, nowMillis.getAsLong());
        }
    }

    /** All trades of today; minutes from candles, which are approximate, if the venue does not have them. */
    private void today(InstrumentId instrument, long today) throws HistoryException, InterruptedException {
        int before = progress.current();
        try {
            if (!trades.fill(instrument, today)) {
                // Midnight has passed: the day that has ended is that of its candles, the new one that of its trades.
                minutes(instrument, today, today + DAY);
                trades.fill(instrument, today + DAY);
            }
        } catch (HistoryException e) {
            LOG.warn(
                    "backfill_trades_not_available symbol={} reason=\"{}\": the day is filled from candles and marked"
                            + " as approximate",
                    instrument.market(),
                    e.getMessage());
            market.approximate(instrument);
            minutes(instrument, today, nowMillis.getAsLong());
            progress.step(before + BackfillProgress.PERCENT - progress.current(), 0);
        }
    }

    /** The previous day's candle; none if the connector has only minutes. */
    private List<Kline> day(InstrumentId instrument, long today) throws HistoryException, InterruptedException {
        try {
            return checked(history.candles(KlineInterval.DAY, DAY, instrument, today - DAY, today), instrument);
        } catch (HistoryException e) {
            if (e.kind() == HistoryException.Kind.UNSUPPORTED) {
                return List.of();
            }
            throw e;
        }
    }

    private void minutes(InstrumentId instrument, long from, long to) throws HistoryException, InterruptedException {
        HistoryAnswer answer = history.candles(KlineInterval.MINUTE, MINUTE, instrument, from, to);
        int filled = 0;
        for (Kline candle : answer.candles()) {
            filled += market.fill(instrument, ExchangeCandle.of(candle)) ? 1 : 0;
        }
        progress.step(0, filled);
        checked(answer, instrument);
        progress.step(1, 0);
    }

    private static List<Kline> checked(HistoryAnswer answer, InstrumentId instrument) throws HistoryException {
        if (answer.missing() != null) {
            throw new HistoryException(HistoryException.Kind.FAILED, answer.missing());
        }
        return answer.candles();
    }
}
