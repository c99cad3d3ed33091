package dev.livefeed.app.backfill;

import dev.livefeed.app.history.CandleTimeframe;
import dev.livefeed.app.history.MarketHistory;
import dev.livefeed.app.history.PastCandles;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests the candles of the past day that the feed does not have, of instruments that somebody looks at: at the first
 * look, and of what is missed in the ten minutes after the last one. Nobody looks, nothing is requested. Thread-safe.
 */
public final class ChartBackfill {

    private static final Logger LOG = LoggerFactory.getLogger(ChartBackfill.class);

    private static final long MINUTE = 60_000;
    /** How long after a look what is missed is still requested. */
    static final long LOOKED_AT_MILLIS = 10 * MINUTE;
    /** Time between two requests for an instrument; doubled with each failure up to the longest. */
    static final long PAUSE_MILLIS = MINUTE;

    static final long LONGEST_PAUSE_MILLIS = 30 * MINUTE;
    /** After this time the exchange has settled the candle of a minute. */
    private static final long SETTLED_MILLIS = 90_000;

    private final HistoryClient history;
    private final MarketHistory store;
    private final Consumer<Runnable> thread;
    private final LongSupplier millis;
    private final LongSupplier wallMillis;
    private final Map<InstrumentId, Look> looks = new LinkedHashMap<>();

    /** State of the requests for an instrument. */
    public enum ChartState {
        /** Nothing was missing so far. */
        IDLE,
        RUNNING,
        DONE,
        FAILED,
        /** The connector has no candles of the past. */
        UNSUPPORTED;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * How far it is with the candles of an instrument.
     *
     * @param reason of a failure, else null
     * @param end completed when the request that is running has ended
     */
    public record Progress(ChartState state, String reason, CompletableFuture<Void> end) {}

    private static final class Look {

        private long lookedAt;
        private long nextAt = Long.MIN_VALUE;
        private int failures;
        private ChartState state = ChartState.IDLE;
        private String reason;
        private CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    }

    /**
     * @param thread runs a task later; one at a time
     * @param millis monotonic clock, milliseconds
     * @param wallMillis the exchange's clock as far as it is known, milliseconds since 1970
     */
    ChartBackfill(
            HistoryClient history,
            MarketHistory store,
            Consumer<Runnable> thread,
            LongSupplier millis,
            LongSupplier wallMillis) {
        this.history = history;
        this.store = store;
        this.thread = thread;
        this.millis = millis;
        this.wallMillis = wallMillis;
    }

    /** Somebody looks at the candles of an instrument. Requests what is missing and does not wait. */
    public synchronized Progress look(InstrumentId instrument) {
        Look look = looks.get(instrument);
        if (look == null) {
            look = new Look();
            if (looks.size() < MarketHistory.MAX_INSTRUMENTS) {
                looks.put(instrument, look);
            }
        }
        look.lookedAt = millis.getAsLong();
        start(instrument, look);
        return new Progress(look.state, look.reason, look.end);
    }

    /** Requests what has been missed of the instruments that are looked at. Called from time to time. */
    synchronized void refresh() {
        long now = millis.getAsLong();
        looks.values()
                .removeIf(look -> look.state != ChartState.RUNNING
                        && now - look.lookedAt > LOOKED_AT_MILLIS
                        && now > look.nextAt);
        looks.forEach((instrument, look) -> {
            if (now - look.lookedAt <= LOOKED_AT_MILLIS) {
                start(instrument, look);
            }
        });
    }

    private void start(InstrumentId instrument, Look look) {
        if (look.state == ChartState.RUNNING || millis.getAsLong() < look.nextAt || missing(instrument) == null) {
            return;
        }
        look.state = ChartState.RUNNING;
        look.reason = null;
        CompletableFuture<Void> end = new CompletableFuture<>();
        look.end = end;
        thread.accept(() -> {
            try {
                fill(instrument);
                ended(look, ChartState.DONE, null);
            } catch (HistoryException e) {
                ended(
                        look,
                        e.kind() == HistoryException.Kind.FAILED ? ChartState.FAILED : ChartState.UNSUPPORTED,
                        e.getMessage());
                LOG.info("chart_not_filled symbol={} reason=\"{}\"", instrument.market(), e.getMessage());
            } catch (InterruptedException e) {
                ended(look, ChartState.FAILED, "the application stops");
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                ended(look, ChartState.FAILED, "internal error; see the log");
                LOG.error("chart_not_filled symbol={}: internal error", instrument.market(), e);
            } finally {
                end.complete(null);
            }
        });
    }

    private synchronized void ended(Look look, ChartState state, String reason) {
        look.failures = state == ChartState.DONE ? 0 : look.failures + 1;
        look.state = state;
        look.reason = reason;
        look.nextAt = millis.getAsLong()
                + Math.min(LONGEST_PAUSE_MILLIS, PAUSE_MILLIS << Math.min(10, Math.max(0, look.failures - 1)));
    }

    /** The time in which trades may be missing, up to the minute that is not over; null if there is none. */
    private PastCandles.Period missing(InstrumentId instrument) {
        List<PastCandles.Period> missing =
                store.candles(instrument, CandleTimeframe.ONE, 1).missing();
        if (missing.isEmpty()) {
            return null;
        }
        long over = Math.floorDiv(wallMillis.getAsLong(), MINUTE) * MINUTE * 1_000;
        long from = missing.get(0).fromMicros();
        long to = Math.min(over, missing.get(missing.size() - 1).toMicros());
        return from < to ? new PastCandles.Period(from, to) : null;
    }

    private void fill(InstrumentId instrument) throws HistoryException, InterruptedException {
        PastCandles.Period missing = missing(instrument);
        if (missing == null) {
            return;
        }
        long from = missing.fromMicros() / 1_000;
        long to = missing.toMicros() / 1_000;
        HistoryAnswer answer = history.candles(KlineInterval.MINUTE, MINUTE, instrument, from, to);
        long settled = Math.min(to, Math.floorDiv(wallMillis.getAsLong() - SETTLED_MILLIS, MINUTE) * MINUTE);
        int filled = 0;
        for (Kline candle : answer.candles()) {
            filled += store.fill(candle) ? 1 : 0;
            settled = Math.max(settled, candle.startMicros() / 1_000 + MINUTE);
        }
        LOG.debug("chart_filled symbol={} minutes={}", instrument.market(), filled);
        if (answer.missing() != null) {
            throw new HistoryException(HistoryException.Kind.FAILED, answer.missing());
        }
        store.filled(instrument, from, settled);
    }
}
