package dev.livefeed.exchange.venue;

import java.util.HashMap;
import java.util.Map;

/**
 * The candles before the exchange was started: made up from the seed, the same at each asking, ending at the price
 * where the market starts. Not thread-safe (it keeps the hours it has made).
 */
final class CandleGenerator {

    static final int DAYS = 120;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Instrument instrument;
    private final long seed;
    private final PriceProcess wander;
    private final long firstMinute;
    private final double offset;
    private final Map<Long, BuiltCandle> hours = new HashMap<>();

    /** @param end where live candles begin: the start of a minute, milliseconds since 1970 */
    CandleGenerator(Instrument instrument, long seed, PriceProcess wander, long end) {
        this.wander = wander;
        this.instrument = instrument;
        this.seed = SeededRandom.mix(seed, 77);
        this.firstMinute = Interval.DAY.floor(end) / MINUTE - DAYS * 1440L;
        // The wander is at 0 when the exchange starts, the last candle ends a little before.
        this.offset = wander.at(end);
    }

    long start() {
        return firstMinute * MINUTE;
    }

    /** The candle of one minute, by its start. */
    BuiltCandle minute(long start) {
        long minute = start / MINUTE;
        long open = price(minute);
        long close = price(minute + 1);
        double reach = instrument.price() * 0.0002;
        long high = Math.max(open, close) + wick(minute, 1, reach);
        long low = Math.max(1, Math.min(open, close) - wick(minute, 2, reach));
        double perMinute = instrument.takersPerSecond() * 60 * instrument.touchSize() * 0.3;
        long lots = instrument.lot().count(perMinute * (0.2 + 1.6 * SeededRandom.unit(seed, minute * 4 + 3)));
        double middle = instrument.tick().value() * (open + close + high + low) / 4.0;
        double size = instrument.lot().value() * lots;
        double turnover = instrument.category() == ProductCategory.INVERSE ? size / middle : size * middle;
        return new BuiltCandle(start, open, high, low, close, lots, turnover);
    }

    /** The candle of one whole hour, by its start. */
    BuiltCandle hour(long start) {
        return hours.computeIfAbsent(start, s -> {
            BuiltCandle bar = minute(s);
            for (long at = s + MINUTE; at < s + HOUR; at += MINUTE) {
                bar.append(minute(at));
            }
            return bar;
        });
    }

    private long wick(long minute, int which, double reach) {
        double unit = SeededRandom.unit(seed, minute * 4 + which);
        return Math.round(unit * unit * reach / instrument.tick().value());
    }

    private long price(long minute) {
        return instrument.tick().count(instrument.price() * Math.exp(wander.at(minute * MINUTE) - offset));
    }
}
