package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The candles of one timeframe of one symbol: the open one and the last closed ones. Guarded by its {@link Candles}.
 */
final class CandleSeries {

    /** Maximum number of closed candles. */
    static final int MAX_CLOSED = 1_000;

    private final InstrumentId instrument;
    private final Timeframe timeframe;
    private final Deque<Candle> closed = new ArrayDeque<>();
    private final CandleSum sum = new CandleSum();
    private long start = Long.MIN_VALUE;

    CandleSeries(InstrumentId instrument, Timeframe timeframe) {
        this.instrument = instrument;
        this.timeframe = timeframe;
    }

    Timeframe timeframe() {
        return timeframe;
    }

    /** Whether a trade of this time can be added: its candle is open, or no candle at or after its time was started. */
    boolean accepts(long at) {
        long candleStart = timeframe.start(at);
        return candleStart > start || (candleStart == start && !sum.isEmpty());
    }

    /** Adds the trades of one base period. {@link #accepts} must be true and the previous candle closed. */
    void add(CandleSum trades, long at) {
        start = timeframe.start(at);
        sum.add(trades);
    }

    /** Adds a trade. {@link #accepts} must be true and the previous candle closed. */
    void add(Trade trade) {
        start = timeframe.start(trade.timestampMicros());
        sum.add(trade);
    }

    /** End of the open candle; {@code Long.MAX_VALUE} if none is open. */
    long openEnd() {
        return sum.isEmpty() ? Long.MAX_VALUE : start + timeframe.micros();
    }

    /** The clock has stepped back: earlier periods may start again. */
    void forgetTime() {
        start = Long.MIN_VALUE;
    }

    /** Closes the open candle if it ends at or before this time; returns it, or null. */
    Candle closeBy(long timestampMicros) {
        if (sum.isEmpty() || start + timeframe.micros() > timestampMicros) {
            return null;
        }
        return close();
    }

    /** Closes the open candle; returns it, or null if there is none. */
    Candle close() {
        if (sum.isEmpty()) {
            return null;
        }
        Candle candle = sum.candle(instrument, timeframe, start, true);
        sum.clear();
        if (closed.size() == MAX_CLOSED) {
            closed.removeFirst();
        }
        closed.addLast(candle);
        return candle;
    }

    /** The last candles, oldest first, ending with the open one including the pending trades. */
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
            list.add(open.candle(instrument, timeframe, pending.isEmpty() ? start : timeframe.start(pendingAt), false));
        }
        return list;
    }

    /** The last closed candles, oldest first. */
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
