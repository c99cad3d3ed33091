package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All candles of one symbol, by trade time.
 * <ul>
 * <li>A candle is closed by the first trade after its end, or when the event clock has passed its end by the lateness,
 *     whichever comes first. A period without trades has no candle.
 * <li>A closed candle never changes. A late trade is added in the timeframes whose candle is still open, and counted as
 *     late in the others.
 * <li>Each trade is added to one sum only. Its period is the greatest common divisor of all timeframes; when it ends,
 *     the sum is added to the open candle of each timeframe. Sums are exact, so the order of adding does not matter.
 * </ul>
 *
 * <p>One writer, any number of readers.
 */
public final class Candles {

    private final List<CandleSeries> series;
    private final Timeframe base;
    private final long lateness;
    private final CandleSum pending = new CandleSum();
    private long pendingStart = Long.MIN_VALUE;
    private long pendingEnd = Long.MIN_VALUE;
    private long nextCloseAt = Long.MAX_VALUE;
    private long late;

    /**
     * @param timeframes at least one
     * @param latenessMicros how far the clock must pass the end of a candle to close it without a trade
     */
    public Candles(InstrumentId instrument, List<Timeframe> timeframes, long latenessMicros) {
        List<Timeframe> ordered = new ArrayList<>(timeframes);
        ordered.sort(Comparator.comparingLong(Timeframe::micros));
        series = ordered.stream().map(t -> new CandleSeries(instrument, t)).toList();
        BigInteger common = BigInteger.ZERO;
        for (Timeframe timeframe : timeframes) {
            common = common.gcd(BigInteger.valueOf(timeframe.micros()));
        }
        base = new Timeframe("base", common.longValueExact());
        lateness = latenessMicros;
    }

    /**
     * Adds a trade.
     *
     * @return the candles closed by it, shortest first; they do not include the trade
     */
    public synchronized List<Candle> add(Trade trade) {
        long at = trade.timestampMicros();
        if (at >= pendingStart && at < pendingEnd) {
            pending.add(trade);
            return List.of();
        }
        return addOutsidePending(trade, at);
    }

    private List<Candle> addOutsidePending(Trade trade, long at) {
        flush();
        List<Candle> closed = closeBy(at);
        boolean everywhere = true;
        for (CandleSeries each : series) {
            everywhere &= each.accepts(at);
        }
        if (everywhere) {
            pendingStart = base.start(at);
            pendingEnd = pendingStart + base.micros();
            pending.add(trade);
        } else {
            late++;
            for (CandleSeries each : series) {
                if (each.accepts(at)) {
                    each.add(trade);
                }
            }
        }
        planClose();
        return closed;
    }

    private void planClose() {
        long first = pending.isEmpty() ? Long.MAX_VALUE : pendingEnd;
        for (CandleSeries each : series) {
            first = Math.min(first, each.openEnd());
        }
        nextCloseAt = first == Long.MAX_VALUE ? first : first + lateness;
    }

    /**
     * Advances the event clock, possibly without a trade of this symbol.
     *
     * @return the candles closed by it, shortest first
     */
    public synchronized List<Candle> clock(long nowMicros) {
        if (nowMicros < nextCloseAt) {
            return List.of();
        }
        flush();
        List<Candle> closed = closeBy(nowMicros - lateness);
        planClose();
        return closed;
    }

    /** The time at which {@link #clock} next closes a candle. Read without a lock by the writing thread. */
    long nextCloseAt() {
        return nextCloseAt;
    }

    /** Closes all candles because the clock has stepped back; later trades belong to no open candle. */
    public synchronized List<Candle> restart() {
        flush();
        List<Candle> closed = new ArrayList<>();
        for (CandleSeries each : series) {
            Candle candle = each.close();
            if (candle != null) {
                closed.add(candle);
            }
        }
        series.forEach(CandleSeries::forgetTime);
        nextCloseAt = Long.MAX_VALUE;
        return closed;
    }

    private List<Candle> closeBy(long at) {
        List<Candle> closed = new ArrayList<>(series.size());
        for (CandleSeries each : series) {
            Candle candle = each.closeBy(at);
            if (candle != null) {
                closed.add(candle);
            }
        }
        return closed;
    }

    /** Adds the pending trades to the timeframes. */
    private void flush() {
        if (!pending.isEmpty()) {
            for (CandleSeries each : series) {
                each.add(pending, pendingStart);
            }
            pending.clear();
        }
        pendingStart = Long.MIN_VALUE;
        pendingEnd = Long.MIN_VALUE;
    }

    /**
     * The last candles of a timeframe, oldest first, ending with the open one.
     *
     * @param count at least 1
     * @return null if this timeframe is not configured
     */
    public synchronized List<Candle> last(String timeframe, int count) {
        CandleSeries each = series(timeframe);
        return each == null ? null : each.last(count, pending, pendingStart);
    }

    /** The last closed candles of a timeframe, oldest first; null if it is not configured. */
    public synchronized List<Candle> lastClosed(String timeframe, int count) {
        CandleSeries each = series(timeframe);
        return each == null ? null : each.lastClosed(count);
    }

    /** Number of trades that were too late for at least one of their candles. */
    public synchronized long late() {
        return late;
    }

    private CandleSeries series(String timeframe) {
        for (CandleSeries each : series) {
            if (each.timeframe().name().equals(timeframe)) {
                return each;
            }
        }
        return null;
    }
}
