package dev.livefeed.exchange.market;

import java.util.function.LongFunction;

/**
 * The candles of a market by second: those of its latest trades; each earlier minute is divided up, so that its seconds
 * make the minute again. Not thread-safe.
 */
final class SecondCandles {

    static final long SECOND = 1_000;

    private static final int PER_MINUTE = 60;
    private static final long MINUTE = PER_MINUTE * SECOND;
    private static final int MAX_LIVE = 60 * PER_MINUTE;

    private final BoundedHistory<BuiltCandle> live = new BoundedHistory<>(MAX_LIVE);
    private final long liveFrom;
    private final LongFunction<BuiltCandle> minutes;

    /**
     * @param liveFrom start of the first live minute, milliseconds since 1970
     * @param price price before the first trade, in ticks
     * @param minutes candles by the start of their minute
     */
    SecondCandles(long liveFrom, long price, LongFunction<BuiltCandle> minutes) {
        this.liveFrom = liveFrom;
        this.minutes = minutes;
        live.add(new BuiltCandle(liveFrom, price));
    }

    /** Opens the seconds that have started since the last call. */
    void roll(long now) {
        BuiltCandle last = open();
        while (last.start() + SECOND <= now) {
            last = new BuiltCandle(last.start() + SECOND, last.close());
            live.add(last);
        }
    }

    /** Adds a trade to the open second. */
    void trade(long ticks, long lots, double value) {
        open().trade(ticks, lots, value);
    }

    /** The latest second. */
    BuiltCandle open() {
        return live.get(live.written() - 1);
    }

    /** The candle of a second that has started. */
    BuiltCandle at(long start) {
        long minute = Math.floorDiv(start, MINUTE) * MINUTE;
        if ((minute - liveFrom) / SECOND >= live.oldest() && minute >= liveFrom) {
            return live.get((start - liveFrom) / SECOND);
        }
        return part(minutes.apply(minute), (int) ((start - minute) / SECOND), start);
    }

    /** The price goes from the open of the minute to its lowest, its highest and its close. */
    private static BuiltCandle part(BuiltCandle minute, int second, long start) {
        long open = price(minute, second);
        long close = price(minute, second + 1);
        long lots = minute.lots() * (second + 1) / PER_MINUTE - minute.lots() * second / PER_MINUTE;
        double turnover = minute.lots() == 0 ? 0 : minute.turnover() * lots / minute.lots();
        return new BuiltCandle(start, open, Math.max(open, close), Math.min(open, close), close, lots, turnover);
    }

    private static long price(BuiltCandle minute, int second) {
        long[] turns = {minute.open(), minute.low(), minute.high(), minute.close()};
        int length = PER_MINUTE / (turns.length - 1);
        int turn = Math.min(second / length, turns.length - 2);
        return turns[turn] + (turns[turn + 1] - turns[turn]) * (second - turn * length) / length;
    }
}
