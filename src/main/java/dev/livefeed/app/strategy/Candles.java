package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Trade;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All candles of one symbol, by the time of the trades.
 *
 * <ul>
 *   <li>A candle is closed by the first trade behind its end, or when the clock of events has passed its end by the
 *       lateness: whichever comes first. Time without a trade makes no candle.
 *   <li>A late trade goes into those of its candles that are still open; for the others it is counted as late. They do
 *       not change once they are closed.
 *   <li>A trade is added to one sum only, that of the greatest common stretch of all timeframes; that sum goes into the
 *       timeframes when its stretch is over. Sums are exact, so the order of adding changes no digit.
 * </ul>
 *
 * <p>One writer, any readers.
 */
public final class Candles {

    private final List<CandleSeries> series;
    private final Timeframe stretch;
    private final long lateness;
    private final CandleSum pending = new CandleSum();
    private long pendingStart = Long.MIN_VALUE;
    private long pendingEnd = Long.MIN_VALUE;
    private long nextCloseAt = Long.MAX_VALUE;
    private long late;

    /**
     * @param timeframes at least one
     * @param latenessMicros how far the clock must be behind the end of a candle to close it without a trade
     */
    public Candles(String symbol, List<Timeframe> timeframes, long latenessMicros) {
        List<Timeframe> ordered = new ArrayList<>(timeframes);
        ordered.sort(Comparator.comparingLong(Timeframe::micros));
        series = ordered.stream().map(t -> new CandleSeries(symbol, t)).toList();
        BigInteger common = BigInteger.ZERO;
        for (Timeframe timeframe : timeframes) {
            common = common.gcd(BigInteger.valueOf(timeframe.micros()));
        }
        stretch = new Timeframe("stretch", common.longValueExact());
        lateness = latenessMicros;
    }

    /**
     * Adds a trade.
     *
     * @return the candles that it closed, shortest first; they do not hold it
     */
    public synchronized List<Candle> add(Trade trade) {
        long at = trade.timestampMicros();
        if (at >= pendingStart && at < pendingEnd) {
            pending.add(trade);
            return List.of();
        }
        return addToOther(trade, at);
    }

    private List<Candle> addToOther(Trade trade, long at) {
        flush();
        List<Candle> closed = closeBy(at);
        boolean everywhere = true;
        for (CandleSeries one : series) {
            everywhere &= one.takes(at);
        }
        if (everywhere) {
            pendingStart = stretch.start(at);
            pendingEnd = pendingStart + stretch.micros();
            pending.add(trade);
        } else {
            late++;
            for (CandleSeries one : series) {
                if (one.takes(at)) {
                    one.add(trade);
                }
            }
        }
        planClose();
        return closed;
    }

    private void planClose() {
        long first = pending.isEmpty() ? Long.MAX_VALUE : pendingEnd;
        for (CandleSeries one : series) {
            first = Math.min(first, one.openEnd());
        }
        nextCloseAt = first == Long.MAX_VALUE ? first : first + lateness;
    }

    /**
     * The clock of events has come so far, maybe without a trade of this symbol.
     *
     * @return the candles that are closed by it, shortest first
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

    /** When {@link #clock} next has something to do; for a look without a lock from the writing thread. */
    long nextCloseAt() {
        return nextCloseAt;
    }

    /** Closes everything: time has stepped back, and what comes next belongs to no open candle. */
    public synchronized List<Candle> restart() {
        flush();
        List<Candle> closed = new ArrayList<>();
        for (CandleSeries one : series) {
            Candle candle = one.close();
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
        for (CandleSeries one : series) {
            Candle candle = one.closeBy(at);
            if (candle != null) {
                closed.add(candle);
            }
        }
        return closed;
    }

    /** Brings the pending trades into the timeframes; the next trade finds no stretch open. */
    private void flush() {
        if (!pending.isEmpty()) {
            for (CandleSeries one : series) {
                one.add(pending, pendingStart);
            }
            pending.clear();
        }
        pendingStart = Long.MIN_VALUE;
        pendingEnd = Long.MIN_VALUE;
    }

    /**
     * The last candles of a timeframe, oldest first, the open one at the end.
     *
     * @param count at least 1
     * @return null where this timeframe is not kept
     */
    public synchronized List<Candle> last(String timeframe, int count) {
        CandleSeries one = series(timeframe);
        return one == null ? null : one.last(count, pending, pendingStart);
    }

    /** The last closed candles of a timeframe, oldest first; null where this timeframe is not kept. */
    public synchronized List<Candle> lastClosed(String timeframe, int count) {
        CandleSeries one = series(timeframe);
        return one == null ? null : one.lastClosed(count);
    }

    /** How many trades came too late for at least one of their candles. */
    public synchronized long late() {
        return late;
    }

    private CandleSeries series(String timeframe) {
        for (CandleSeries one : series) {
            if (one.timeframe().name().equals(timeframe)) {
                return one;
            }
        }
        return null;
    }
}
