package dev.livefeed.app.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The candles of an instrument and what is known of their completeness, at one moment. */
final class DayView {

    private static final long MINUTE = CandleHour.MINUTE_MICROS;

    private final CandleHour[] hours;
    private final TradeCoverage coverage;

    /**
     * @param hours by their slots
     * @param coverage of the subscription
     */
    DayView(CandleHour[] hours, TradeCoverage coverage) {
        this.hours = hours;
        this.coverage = coverage;
    }

    /** The view of an instrument without data. */
    static DayView empty(TradeCoverage coverage) {
        return new DayView(new CandleHour[InstrumentHistory.HOURS], coverage);
    }

    /**
     * The last candles that start in a range of minutes.
     *
     * @param from the first minute
     * @param to the minute after the last one
     * @param nowMicros time before which a candle is closed
     */
    List<PastCandle> candles(CandleTimeframe timeframe, long from, long to, int limit, long nowMicros) {
        Deque<PastCandle> found = new ArrayDeque<>();
        long start = timeframe.start(to - 1);
        while (start >= from && found.size() < limit) {
            PastCandle candle = candle(start, start + timeframe.minutes(), nowMicros);
            if (candle != null) {
                found.addFirst(candle);
            }
            start -= timeframe.minutes();
        }
        return List.copyOf(found);
    }

    private PastCandle candle(long from, long to, long nowMicros) {
        MinuteSum all = new MinuteSum();
        boolean complete = true;
        for (long minute = from; minute < to; minute++) {
            CandleHour hour = hour(minute);
            MinuteSum sum = hour == null ? null : hour.get(InstrumentHistory.inHour(minute));
            if (sum != null) {
                all.add(sum);
            }
            complete &= minute * MINUTE > nowMicros || complete(minute, nowMicros);
        }
        return all.isEmpty() ? null : all.candle(from * MINUTE, to * MINUTE, to * MINUTE <= nowMicros, complete);
    }

    /** The minutes of a range of which trades may be missing, as periods. */
    List<PastCandles.Period> missing(long from, long to, long nowMicros) {
        List<PastCandles.Period> periods = new ArrayList<>();
        long start = -1;
        for (long minute = from; minute <= to; minute++) {
            boolean lacks = minute < to && !complete(minute, nowMicros);
            if (lacks && start < 0) {
                start = minute;
            } else if (!lacks && start >= 0) {
                add(periods, start * MINUTE, minute * MINUTE);
                start = -1;
            }
        }
        return periods;
    }

    private static void add(List<PastCandles.Period> periods, long from, long to) {
        if (periods.size() == PastCandles.MOST_MISSING) {
            PastCandles.Period last = periods.remove(periods.size() - 1);
            periods.add(new PastCandles.Period(last.fromMicros(), to));
        } else {
            periods.add(new PastCandles.Period(from, to));
        }
    }

    private boolean complete(long minute, long nowMicros) {
        CandleHour hour = hour(minute);
        long start = minute * MINUTE;
        return hour != null && hour.isKnown(InstrumentHistory.inHour(minute))
                || coverage.covers(start, Math.min(start + MINUTE, Math.max(nowMicros, start)));
    }

    private CandleHour hour(long minute) {
        CandleHour hour = hours[InstrumentHistory.slot(minute)];
        return hour != null && hour.hour() == Math.floorDiv(minute, CandleHour.MINUTES) ? hour : null;
    }
}
