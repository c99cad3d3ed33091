package dev.livefeed.app.backfill;

import dev.livefeed.app.backfill.BackfillProgress.Status;
import dev.livefeed.app.market.Market;
import dev.livefeed.app.market.VenueCandle;
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

    private final Plan plan;
    private final TickSizeLoader instruments;
    private final RetryingRest rest;
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
     */
    public record Plan(String source, boolean wanted, String category, List<String> symbols) {}

    /**
     * @param rest null where the source has no such interface
     * @param nowMillis wall clock
     * @param holes that come up while the program runs
     */
    Backfill(
            Plan plan,
            TickSizeLoader instruments,
            RetryingRest rest,
            Market market,
            LongSupplier nowMillis,
            BackfillProgress progress,
            MissingTrades holes) {
        this.plan = plan;
        this.instruments = instruments;
        this.rest = rest;
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

    /** The state of the circuit to the exchange, or null where there is none. */
    public String circuit() {
        return rest == null ? null : rest.circuit().state();
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
            if (rest == null || plan.category().equals("option")) {
                LOG.info("Backfill: skipped (using {} for live data): it has no candles to fill from", plan.source());
                progress.end(Status.SKIPPED);
                return;
            }
            instruments.refresh();
            long begun = nowMillis.getAsLong();
            fill();
            // The candles that were not settled yet, and what the feed missed before its first trade.
            plan.symbols().forEach(symbol -> holes.doubt(symbol, begun - 2 * MINUTE));
        } catch (InterruptedException e) {
            progress.end(Status.STOPPED);
        } catch (RuntimeException e) {
            LOG.error("Backfill: broken off by a fault of the program", e);
            progress.failure(e.toString());
            progress.end(Status.FAILED);
        }
    }

    private void fill() throws InterruptedException {
        long today = Math.floorDiv(nowMillis.getAsLong(), DAY) * DAY;
        int windows = windows(today - DAY, today) + windows(today, nowMillis.getAsLong());
        int each = windows + 1;
        progress.begin(plan.symbols().size() * each);
        LOG.info("Backfill: started symbols={} requests={}", plan.symbols().size(), progress.total());
        int done = 0;
        for (String symbol : plan.symbols()) {
            int before = progress.current();
            try {
                fill(symbol, today);
                done++;
            } catch (RestException e) {
                LOG.warn("Backfill: symbol={} not filled: {}", symbol, e.getMessage());
                progress.failure(symbol + ": " + e.getMessage());
                progress.step(before + each - progress.current(), 0);
                if (e.kind() == RestException.Kind.BLOCKED) {
                    break;
                }
            }
        }
        boolean all = done == plan.symbols().size();
        progress.end(all ? Status.DONE : done > 0 ? Status.PARTLY : Status.FAILED);
        LOG.info("Backfill: {} symbols={} minutes={}", progress.status(), done, progress.filled());
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
                minutes(new Klines(rest, plan.category()), hole.symbol(), from, now);
                holes.done(hole);
                if (progress.filled() > before) {
                    LOG.info(
                            "Backfill: hole filled symbol={} from={} minutes={}",
                            hole.symbol(),
                            Instant.ofEpochMilli(from),
                            progress.filled() - before);
                }
            } catch (RestException e) {
                boolean again = holes.failed(hole);
                LOG.warn(
                        "Backfill: symbol={} hole not filled: {}: {}",
                        hole.symbol(),
                        e.getMessage(),
                        again ? "tried again later" : "given up");
            }
        }
    }

    private static int windows(long from, long to) {
        long length = MINUTE * Klines.MAX_ROWS;
        return (int) ((to - from + length - 1) / length);
    }

    private void fill(String symbol, long today) throws RestException, InterruptedException {
        Klines klines = new Klines(rest, plan.category());
        List<VenueCandle> days = klines.get(symbol, "D", DAY, today - DAY, today - DAY);
        market.beginDay(symbol, LocalDate.ofEpochDay(today / DAY));
        progress.step(1, 0);
        minutes(klines, symbol, today - DAY, today - MINUTE);
        days.forEach(day -> market.fillDay(symbol, day));
        minutes(klines, symbol, today, nowMillis.getAsLong());
    }

    private void minutes(Klines klines, String symbol, long from, long last)
            throws RestException, InterruptedException {
        for (long at = from; at <= last; at += MINUTE * Klines.MAX_ROWS) {
            long to = Math.min(at + MINUTE * (Klines.MAX_ROWS - 1), last);
            int filled = 0;
            for (VenueCandle candle : klines.get(symbol, "1", MINUTE, at, to)) {
                filled += market.fill(symbol, candle) ? 1 : 0;
            }
            progress.step(1, filled);
        }
    }
}
