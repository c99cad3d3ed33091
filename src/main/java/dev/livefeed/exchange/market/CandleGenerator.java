package dev.livefeed.exchange.market;

import java.util.HashMap;
import java.util.Map;

/**
 * Generates the candles before the start of the exchange from the seed. They are reproducible and end at the start
 * price of the market. Not thread-safe (hours are cached).
 */
final class CandleGenerator {

    static final int DAYS = 120;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Instrument instrument;
    private final long seed;
    private final PriceProcess priceProcess;
    private final long firstMinute;
    private final double offset;
    private final Map<Long, BuiltCandle> hours = new HashMap<>();

    /** @param end start of the first live candle, milliseconds since 1970, at the start of a minute */
    CandleGenerator(Instrument instrument, long seed, PriceProcess priceProcess, long end) {
        this.priceProcess = priceProcess;
        this.instrument = instrument;
        this.seed = SeededRandom.mix(seed, 77);
        this.firstMinute = Interval.DAY.floor(end) / MINUTE - DAYS * 1440L;
        // The price process is 0 at the start of the exchange; the last candle ends slightly before it.
        this.offset = priceProcess.at(end);
    }

    long start() {
        return firstMinute * MINUTE;
    }

    /** The one-minute candle that starts at the given time. */
    BuiltCandle minute(long start) {
        long minute = start / MINUTE;
        long open = price(minute);
        long close = price(minute + 1);
        double reach = instrument.profile().startPrice() * 0.0002;
        long high = Math.max(open, close) + wick(minute, 1, reach);
        long low = Math.max(1, Math.min(open, close) - wick(minute, 2, reach));
        double perMinute = instrument.profile().takersPerSecond()
                * 60
                * instrument.profile().touchSize()
                * 0.3;
        long lots = instrument.lot().count(perMinute * (0.2 + 1.6 * SeededRandom.unit(seed, minute * 4 + 3)));
        double middle = instrument.tick().value() * (open + close + high + low) / 4.0;
        double size = instrument.lot().value() * lots;
        double turnover = instrument.category() == ProductCategory.INVERSE ? size / middle : size * middle;
        return new BuiltCandle(start, open, high, low, close, lots, turnover);
    }

    /** The one-hour candle that starts at the given time. */
    BuiltCandle hour(long start) {
        return hours.computeIfAbsent(start, s -> {
            BuiltCandle candle = minute(s);
            for (long at = s + MINUTE; at < s + HOUR; at += MINUTE) {
                candle.append(minute(at));
            }
            return candle;
        });
    }

    private long wick(long minute, int which, double reach) {
        double unit = SeededRandom.unit(seed, minute * 4 + which);
        return Math.round(unit * unit * reach / instrument.tick().value());
    }

    private long price(long minute) {
        return instrument
                .tick()
                .count(instrument.profile().startPrice() * Math.exp(priceProcess.at(minute * MINUTE) - offset));
    }
}
