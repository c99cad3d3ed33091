package dev.livefeed.app.history;

import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Trade;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The past day of one instrument. Minutes are those before and including the newest one, at most {@link #HOURS} hours.
 * Thread-safe.
 */
final class InstrumentHistory {

    /** The past 24 hours and the one that is not over. */
    static final int HOURS = 25;

    static final int DAY_MINUTES = 1_440;

    private static final long MINUTE = CandleHour.MINUTE_MICROS;

    private final boolean withoutBlockTrades;
    private final CandleHour[] hours = new CandleHour[HOURS];
    private final Deque<Trade> trades = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocate(MinuteSum.MOST_BYTES);
    /** The minute that trades are added to; only when another one comes are its bytes written. */
    private MinuteSum working = new MinuteSum();

    private long workingMinute = -1;
    private boolean changed;
    private long newestMinute = -1;
    private long newestTrade = -1;

    InstrumentHistory(boolean withoutBlockTrades) {
        this.withoutBlockTrades = withoutBlockTrades;
    }

    /** Adds a trade, which may be late. One of before the past day, or of a minute of the exchange, changes no candle. */
    synchronized void trade(Trade trade, int mostTrades) {
        trades.addLast(trade);
        while (trades.size() > mostTrades) {
            trades.removeFirst();
        }
        newestTrade = Math.max(newestTrade, trade.timestampMicros());
        if (withoutBlockTrades && trade.blockTrade()) {
            return;
        }
        long minute = Math.floorDiv(trade.timestampMicros(), MINUTE);
        if (minute != workingMinute && !open(minute)) {
            return;
        }
        if (!working.ofExchange()) {
            working.add(trade);
            changed = true;
        }
    }

    /** Makes a minute the one that trades are added to; false if it is too old. */
    private boolean open(long minute) {
        CandleHour hour = hour(minute);
        if (hour == null) {
            return false;
        }
        flush();
        MinuteSum known = hour.get(inHour(minute));
        working = known == null ? new MinuteSum() : known;
        workingMinute = minute;
        newestMinute = Math.max(newestMinute, minute);
        return true;
    }

    private void flush() {
        if (changed) {
            hours[slot(workingMinute)].put(inHour(workingMinute), working, scratch);
            changed = false;
        }
    }

    /** Takes the exchange's candle of a minute, unless the trades of the feed have at least its volume. */
    synchronized boolean fill(Kline candle) {
        long minute = Math.floorDiv(candle.startMicros(), MINUTE);
        if (candle.volume().signum() == 0 || !open(minute)) {
            return false;
        }
        if (!working.isEmpty() && working.volume().compareTo(candle.volume()) >= 0) {
            return false;
        }
        working = MinuteSum.of(candle);
        changed = true;
        return true;
    }

    /** All minutes from one to the other, exclusive, are known from the exchange: those without a candle had no trade. */
    synchronized void filled(long fromMinute, long toMinute) {
        for (long minute = fromMinute; minute < toMinute; minute++) {
            CandleHour hour = hour(minute);
            if (hour != null) {
                hour.known(inHour(minute));
            }
        }
    }

    /** The hour of a minute, which is made if it is new; null if a later one has its place. */
    private CandleHour hour(long minute) {
        long number = Math.floorDiv(minute, CandleHour.MINUTES);
        int slot = slot(minute);
        CandleHour hour = hours[slot];
        if (hour != null && hour.hour() > number) {
            return null;
        }
        if (hour == null || hour.hour() < number) {
            flush();
            if (workingMinute >= 0 && slot(workingMinute) == slot) {
                working = new MinuteSum();
                workingMinute = -1;
            }
            hour = new CandleHour(number);
            hours[slot] = hour;
        }
        return hour;
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(Math.floorDiv(minute, CandleHour.MINUTES), (long) HOURS);
    }

    private static int inHour(long minute) {
        return (int) Math.floorMod(minute, (long) CandleHour.MINUTES);
    }

    private CandleHour existing(long minute) {
        CandleHour hour = hours[slot(minute)];
        return hour != null && hour.hour() == Math.floorDiv(minute, CandleHour.MINUTES) ? hour : null;
    }

    /** The sum of a minute; null if it has no trades. */
    private MinuteSum sum(long minute) {
        if (minute == workingMinute) {
            return working.isEmpty() ? null : working;
        }
        CandleHour hour = existing(minute);
        return hour == null ? null : hour.get(inHour(minute));
    }

    /** Exchange time of the newest trade, microseconds since 1970; -1 before the first. */
    synchronized long newestTrade() {
        return newestTrade;
    }

    /** The newest minute with data, in minutes since 1970; -1 if there is none. */
    synchronized long newestMinute() {
        return newestMinute;
    }

    /** The last trades in the order of their arrival. */
    synchronized List<Trade> trades(int limit) {
        List<Trade> last = new ArrayList<>(Math.min(limit, trades.size()));
        Iterator<Trade> each = trades.iterator();
        for (int skip = trades.size() - limit; each.hasNext(); skip--) {
            Trade trade = each.next();
            if (skip <= 0) {
                last.add(trade);
            }
        }
        return last;
    }

    /**
     * The last candles that start in a range of minutes.
     *
     * @param from the first minute
     * @param to the minute after the last one
     * @param nowMicros time before which a candle is closed
     * @param coverage of the subscription
     */
    synchronized List<PastCandle> candles(
            CandleTimeframe timeframe, long from, long to, int limit, long nowMicros, TradeCoverage coverage) {
        Deque<PastCandle> found = new ArrayDeque<>();
        long start = timeframe.start(to - 1);
        while (start >= from && found.size() < limit) {
            PastCandle candle = candle(start, start + timeframe.minutes(), nowMicros, coverage);
            if (candle != null) {
                found.addFirst(candle);
            }
            start -= timeframe.minutes();
        }
        return List.copyOf(found);
    }

    private PastCandle candle(long from, long to, long nowMicros, TradeCoverage coverage) {
        MinuteSum all = new MinuteSum();
        boolean complete = true;
        for (long minute = from; minute < to; minute++) {
            MinuteSum sum = sum(minute);
            if (sum != null) {
                all.add(sum);
            }
            complete &= minute * MINUTE > nowMicros || complete(minute, nowMicros, coverage);
        }
        return all.isEmpty() ? null : all.candle(from * MINUTE, to * MINUTE, to * MINUTE <= nowMicros, complete);
    }

    /** The minutes of a range of which trades may be missing, as periods. */
    synchronized List<PastCandles.Period> missing(long from, long to, long nowMicros, TradeCoverage coverage) {
        List<PastCandles.Period> periods = new ArrayList<>();
        long start = -1;
        for (long minute = from; minute <= to; minute++) {
            boolean lacks = minute < to && !complete(minute, nowMicros, coverage);
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

    private boolean complete(long minute, long nowMicros, TradeCoverage coverage) {
        CandleHour hour = existing(minute);
        return hour != null && hour.isKnown(inHour(minute))
                || coverage.covers(
                        minute * MINUTE, Math.min((minute + 1) * MINUTE, Math.max(nowMicros, minute * MINUTE)));
    }

    /** The clock has stepped back: what is newer came of a wrong time, or of a replay that starts again. */
    synchronized void forgetAfter(long nowMicros) {
        flush();
        working = new MinuteSum();
        workingMinute = -1;
        long minute = Math.floorDiv(nowMicros, MINUTE);
        long hourNow = Math.floorDiv(minute, CandleHour.MINUTES);
        for (int i = 0; i < HOURS; i++) {
            if (hours[i] != null && hours[i].hour() > hourNow) {
                hours[i] = null;
            } else if (hours[i] != null && hours[i].hour() == hourNow) {
                hours[i].removeFrom(inHour(minute) + 1);
            }
        }
        trades.removeIf(trade -> trade.timestampMicros() > nowMicros);
        newestMinute = Math.min(newestMinute, minute);
        newestTrade = Math.min(newestTrade, nowMicros);
    }

    /** Size of the candles in bytes, without the objects around them. */
    synchronized int bytes() {
        int bytes = 0;
        for (CandleHour hour : hours) {
            bytes += hour == null ? 0 : hour.bytes();
        }
        return bytes;
    }
}
