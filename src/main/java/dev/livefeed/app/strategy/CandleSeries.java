package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Trade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The candles of one timeframe of one symbol: the open one and the last closed ones. Guarded by its {@link Candles}.
 */
final class CandleSeries {

    /** How many closed candles are kept. */
    static final int KEPT = 1_000;

    private final String symbol;
    private final Timeframe timeframe;
    private final Deque<Candle> closed = new ArrayDeque<>();
    private final CandleSum sum = new CandleSum();
    private long start = Long.MIN_VALUE;

    CandleSeries(String symbol, Timeframe timeframe) {
        this.symbol = symbol;
        this.timeframe = timeframe;
    }

    Timeframe timeframe() {
        return timeframe;
    }

    /** Whether a trade of this time may come in: its candle is open, or none at or behind its time has been begun. */
    boolean takes(long at) {
        long its = timeframe.start(at);
        return its > start || (its == start && !sum.isEmpty());
    }

    /** Trades of one stretch that {@link #takes} allows; the candle before theirs must have been closed. */
    void add(CandleSum trades, long at) {
        start = timeframe.start(at);
        sum.add(trades);
    }

    /** A trade that {@link #takes} allows; the candle before its own must have been closed. */
    void add(Trade trade) {
        start = timeframe.start(trade.timestampMicros());
        sum.add(trade);
    }

    /** End of the open candle; the greatest number where none is open. */
    long openEnd() {
        return sum.isEmpty() ? Long.MAX_VALUE : start + timeframe.micros();
    }

    /** Time has stepped back: what was closed says nothing about what may come. */
    void forgetTime() {
        start = Long.MIN_VALUE;
    }

    /** Closes the open candle where it ends at or before this time. Returns it, or null. */
    Candle closeBy(long timestampMicros) {
        if (sum.isEmpty() || start + timeframe.micros() > timestampMicros) {
            return null;
        }
        return close();
    }

    /** Closes the open candle wherever it stands. Returns it, or null where there is none. */
    Candle close() {
        if (sum.isEmpty()) {
            return null;
        }
        Candle candle = sum.candle(symbol, timeframe, start, true);
        sum.clear();
        if (closed.size() == KEPT) {
            closed.removeFirst();
        }
        closed.addLast(candle);
        return candle;
    }

    /** The last closed ones, oldest first, and behind them the open one with the trades not yet added. */
    List<Candle> last(int count, CandleSum pending, long pendingAt) {
        List<Candle> list = new ArrayList<>(Math.min(count, closed.size() + 1));
        CandleSum open = new CandleSum();
        open.add(sum);
        open.add(pending);
        int before = open.isEmpty() ? count : count - 1;
        int skip = closed.size() - before;
        for (Candle candle : closed) {
            if (skip-- <= 0) {
                list.add(candle);
            }
        }
        if (!open.isEmpty()) {
            list.add(open.candle(symbol, timeframe, pending.isEmpty() ? start : timeframe.start(pendingAt), false));
        }
        return list;
    }

    /** The last closed ones, oldest first. */
    List<Candle> lastClosed(int count) {
        List<Candle> list = new ArrayList<>(Math.min(count, closed.size()));
        int skip = closed.size() - count;
        for (Candle candle : closed) {
            if (skip-- <= 0) {
                list.add(candle);
            }
        }
        return list;
    }
}
