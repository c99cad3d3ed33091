package dev.livefeed.exchange.market;

import java.util.ArrayList;
import java.util.List;

/**
 * The candles of one market: generated before its start ({@link CandleGenerator}), built from its trades afterwards.
 * Not thread-safe.
 */
public final class CandleHistory {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int MAX_LIVE_MINUTES = 2 * 1440;
    private static final int MAX_LIVE_HOURS = 400 * 24;

    private final Instrument instrument;
    private final CandleGenerator generator;
    private final long liveFrom;
    private final BoundedHistory<BuiltCandle> live = new BoundedHistory<>(MAX_LIVE_MINUTES);
    /** Null if the category has none. */
    private final SecondCandles seconds;

    private final BoundedHistory<BuiltCandle> liveHours = new BoundedHistory<>(MAX_LIVE_HOURS);
    private BuiltCandle previousDay;
    private long previousDayMinute = Long.MIN_VALUE;

    CandleHistory(Instrument instrument, long seed, PriceProcess priceProcess, long startedAt) {
        this.instrument = instrument;
        this.liveFrom = Interval.M1.floor(startedAt);
        this.generator = new CandleGenerator(instrument, seed, priceProcess, liveFrom);
        long price = instrument.tick().count(instrument.profile().startPrice());
        live.add(new BuiltCandle(liveFrom, price));
        this.seconds =
                instrument.category() == ProductCategory.SPOT ? new SecondCandles(liveFrom, price, this::minute) : null;
    }

    /** Opens the minutes that have started since the last call; a minute without trades keeps the last price. */
    void roll(long now) {
        BuiltCandle last = live.get(live.written() - 1);
        while (last.start() + MINUTE <= now) {
            last = new BuiltCandle(last.start() + MINUTE, last.close());
            if (last.start() % HOUR == 0) {
                liveHours.add(between(last.start() - HOUR, last.start()));
            }
            live.add(last);
        }
        if (seconds != null) {
            seconds.roll(now);
        }
    }

    void trade(long at, long ticks, long lots) {
        roll(at);
        double price = instrument.tick().value() * ticks;
        double size = instrument.lot().value() * lots;
        double value = instrument.category() == ProductCategory.INVERSE ? size / price : size * price;
        live.get(live.written() - 1).trade(ticks, lots, value);
        if (seconds != null) {
            seconds.trade(ticks, lots, value);
        }
    }

    private BuiltCandle second(long start) {
        boolean known = seconds != null
                && start >= generator.start()
                && start <= seconds.open().start();
        return known ? seconds.at(start) : null;
    }

    /** Start of the first candle, milliseconds since 1970. */
    public long firstStart() {
        return generator.start();
    }

    /** The open one-minute candle. */
    BuiltCandle open() {
        return live.get(live.written() - 1);
    }

    /**
     * The open or closed candle that starts at the given time; null if it has not started yet, is too old, or if the
     * market has no candles of seconds.
     */
    public BuiltCandle at(Interval interval, long start, long now) {
        roll(now);
        if (interval == Interval.S1) {
            return second(start);
        }
        long end = Math.min(interval.next(start), open().start() + MINUTE);
        long from = Math.max(start, generator.start());
        return from < end ? between(from, end).startingAt(start) : null;
    }

    /**
     * Candles by start time, newest first.
     *
     * @param from earliest start, inclusive
     * @param to latest start, inclusive
     */
    public List<BuiltCandle> list(Interval interval, long from, long to, int limit, long now) {
        List<BuiltCandle> candles = new ArrayList<>();
        if (interval == Interval.S1 && seconds == null) {
            return candles;
        }
        long start = interval.floor(Math.min(to, now));
        long first = Math.max(from, interval.floor(generator.start()));
        while (start >= first && candles.size() < limit) {
            BuiltCandle candle = at(interval, start, now);
            if (candle != null) {
                candles.add(candle);
            }
            start = interval.previous(start);
        }
        return candles;
    }

    /** The last 24 hours as one candle. */
    public BuiltCandle lastDay(long now) {
        roll(now);
        long minute = open().start();
        if (previousDayMinute != minute) {
            previousDay = between(minute - 1440 * MINUTE, minute);
            previousDayMinute = minute;
        }
        BuiltCandle day = previousDay.startingAt(previousDay.start());
        day.append(open());
        return day;
    }

    private BuiltCandle between(long from, long end) {
        BuiltCandle sum = null;
        for (long at = from; at < end; ) {
            BuiltCandle hour = at % HOUR == 0 && at + HOUR <= end ? hour(at) : null;
            BuiltCandle part = hour == null ? minute(at) : hour;
            if (sum == null) {
                sum = part.startingAt(from);
            } else {
                sum.append(part);
            }
            at += hour == null ? MINUTE : HOUR;
        }
        return sum;
    }

    /** A closed hour; null if it is not kept. */
    private BuiltCandle hour(long start) {
        if (start + HOUR <= liveFrom) {
            return generator.hour(start);
        }
        long number = (start - Math.floorDiv(liveFrom, HOUR) * HOUR) / HOUR;
        return number >= liveHours.oldest() && number < liveHours.written() ? liveHours.get(number) : null;
    }

    /** A minute that is no longer kept has the close of its hour. */
    private BuiltCandle minute(long start) {
        if (start < liveFrom) {
            return generator.minute(start);
        }
        long number = (start - liveFrom) / MINUTE;
        if (number >= live.oldest()) {
            return live.get(number);
        }
        BuiltCandle hour = hour(Math.floorDiv(start, HOUR) * HOUR);
        return new BuiltCandle(start, hour == null ? live.get(live.oldest()).open() : hour.close());
    }
}
