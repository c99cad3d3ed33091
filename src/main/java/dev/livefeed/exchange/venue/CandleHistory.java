package dev.livefeed.exchange.venue;

import java.util.ArrayList;
import java.util.List;

/**
 * The candles of one market: those before the start from {@link CandleGenerator}, then from the tape. Not
 * thread-safe.
 */
public final class CandleHistory {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int MAX_LIVE_MINUTES = 2 * 1440;
    private static final int MAX_LIVE_HOURS = 400 * 24;

    private final Instrument instrument;
    private final CandleGenerator history;
    private final long liveFrom;
    private final TradeHistory<BuiltCandle> live = new TradeHistory<>(MAX_LIVE_MINUTES);
    private final TradeHistory<BuiltCandle> liveHours = new TradeHistory<>(MAX_LIVE_HOURS);
    private BuiltCandle dayBefore;
    private long dayBeforeOf = Long.MIN_VALUE;

    CandleHistory(Instrument instrument, long seed, PriceProcess wander, long startedAt) {
        this.instrument = instrument;
        this.liveFrom = Interval.M1.floor(startedAt);
        this.history = new CandleGenerator(instrument, seed, wander, liveFrom);
        live.add(new BuiltCandle(liveFrom, instrument.tick().count(instrument.price())));
    }

    /** Opens the minutes that have begun since; a minute without a trade stands still at the last price. */
    void roll(long now) {
        BuiltCandle last = live.get(live.written() - 1);
        while (last.start() + MINUTE <= now) {
            last = new BuiltCandle(last.start() + MINUTE, last.close());
            if (last.start() % HOUR == 0) {
                liveHours.add(between(last.start() - HOUR, last.start()));
            }
            live.add(last);
        }
    }

    void trade(long at, long ticks, long lots) {
        roll(at);
        double price = instrument.tick().value() * ticks;
        double size = instrument.lot().value() * lots;
        double value = instrument.category() == ProductCategory.INVERSE ? size / price : size * price;
        live.get(live.written() - 1).trade(ticks, lots, value);
    }

    /** When the first candle starts, milliseconds since 1970. */
    public long firstStart() {
        return history.start();
    }

    /** The one-minute candle that is open. */
    BuiltCandle open() {
        return live.get(live.written() - 1);
    }

    /** The candle of an interval that starts here, open or closed; null if there is none yet or no more. */
    public BuiltCandle at(Interval interval, long start, long now) {
        roll(now);
        long end = Math.min(interval.next(start), open().start() + MINUTE);
        long from = Math.max(start, history.start());
        return from < end ? between(from, end).startingAt(start) : null;
    }

    /**
     * Candles by their start, newest first.
     *
     * @param from earliest start, inclusive
     * @param to latest start, inclusive
     */
    public List<BuiltCandle> list(Interval interval, long from, long to, int limit, long now) {
        List<BuiltCandle> bars = new ArrayList<>();
        long start = interval.floor(Math.min(to, now));
        long first = Math.max(from, interval.floor(history.start()));
        while (start >= first && bars.size() < limit) {
            BuiltCandle bar = at(interval, start, now);
            if (bar != null) {
                bars.add(bar);
            }
            start = interval.previous(start);
        }
        return bars;
    }

    /** The last 24 hours up to now as one candle. */
    public BuiltCandle lastDay(long now) {
        roll(now);
        long minute = open().start();
        if (dayBeforeOf != minute) {
            dayBefore = between(minute - 1440 * MINUTE, minute);
            dayBeforeOf = minute;
        }
        BuiltCandle day = dayBefore.startingAt(dayBefore.start());
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

    /** A whole hour that is over; null if it is not remembered as one. */
    private BuiltCandle hour(long start) {
        if (start + HOUR <= liveFrom) {
            return history.hour(start);
        }
        long number = (start - Math.floorDiv(liveFrom, HOUR) * HOUR) / HOUR;
        return number >= liveHours.oldest() && number < liveHours.written() ? liveHours.get(number) : null;
    }

    /** Minutes that are forgotten stand still at what their hour closed with. */
    private BuiltCandle minute(long start) {
        if (start < liveFrom) {
            return history.minute(start);
        }
        long number = (start - liveFrom) / MINUTE;
        if (number >= live.oldest()) {
            return live.get(number);
        }
        BuiltCandle hour = hour(Math.floorDiv(start, HOUR) * HOUR);
        return new BuiltCandle(start, hour == null ? live.get(live.oldest()).open() : hour.close());
    }
}
