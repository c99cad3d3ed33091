package dev.livefeed.exchange.venue;

import java.util.ArrayList;
import java.util.List;

/** The candles of one market: those before the start from {@link History}, then from the tape. Not thread-safe. */
public final class Candles {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int MAX_LIVE_MINUTES = 2 * 1440;
    private static final int MAX_LIVE_HOURS = 400 * 24;

    private final Instrument instrument;
    private final History history;
    private final long liveFrom;
    private final Tape<Bar> live = new Tape<>(MAX_LIVE_MINUTES);
    private final Tape<Bar> liveHours = new Tape<>(MAX_LIVE_HOURS);
    private Bar dayBefore;
    private long dayBeforeOf = Long.MIN_VALUE;

    Candles(Instrument instrument, long seed, Wander wander, long startedAt) {
        this.instrument = instrument;
        this.liveFrom = Interval.M1.floor(startedAt);
        this.history = new History(instrument, seed, wander, liveFrom);
        live.add(new Bar(liveFrom, instrument.tick().count(instrument.price())));
    }

    /** Opens the minutes that have begun since; a minute without a trade stands still at the last price. */
    void roll(long now) {
        Bar last = live.get(live.written() - 1);
        while (last.start() + MINUTE <= now) {
            last = new Bar(last.start() + MINUTE, last.close());
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
        double value = instrument.category() == Category.INVERSE ? size / price : size * price;
        live.get(live.written() - 1).trade(ticks, lots, value);
    }

    /** When the first candle starts, milliseconds since 1970. */
    public long firstStart() {
        return history.start();
    }

    /** The one-minute candle that is open. */
    Bar open() {
        return live.get(live.written() - 1);
    }

    /** The candle of an interval that starts here, open or closed; null if there is none yet or no more. */
    public Bar at(Interval interval, long start, long now) {
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
    public List<Bar> list(Interval interval, long from, long to, int limit, long now) {
        List<Bar> bars = new ArrayList<>();
        long start = interval.floor(Math.min(to, now));
        long first = Math.max(from, interval.floor(history.start()));
        while (start >= first && bars.size() < limit) {
            Bar bar = at(interval, start, now);
            if (bar != null) {
                bars.add(bar);
            }
            start = interval.previous(start);
        }
        return bars;
    }

    /** The last 24 hours up to now as one candle. */
    public Bar lastDay(long now) {
        roll(now);
        long minute = open().start();
        if (dayBeforeOf != minute) {
            dayBefore = between(minute - 1440 * MINUTE, minute);
            dayBeforeOf = minute;
        }
        Bar day = dayBefore.startingAt(dayBefore.start());
        day.append(open());
        return day;
    }

    private Bar between(long from, long end) {
        Bar sum = null;
        for (long at = from; at < end; ) {
            Bar hour = at % HOUR == 0 && at + HOUR <= end ? hour(at) : null;
            Bar part = hour == null ? minute(at) : hour;
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
    private Bar hour(long start) {
        if (start + HOUR <= liveFrom) {
            return history.hour(start);
        }
        long number = (start - Math.floorDiv(liveFrom, HOUR) * HOUR) / HOUR;
        return number >= liveHours.oldest() && number < liveHours.written() ? liveHours.get(number) : null;
    }

    /** Minutes that are forgotten stand still at what their hour closed with. */
    private Bar minute(long start) {
        if (start < liveFrom) {
            return history.minute(start);
        }
        long number = (start - liveFrom) / MINUTE;
        if (number >= live.oldest()) {
            return live.get(number);
        }
        Bar hour = hour(Math.floorDiv(start, HOUR) * HOUR);
        return new Bar(start, hour == null ? live.get(live.oldest()).open() : hour.close());
    }
}
