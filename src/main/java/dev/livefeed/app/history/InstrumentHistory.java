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
    /** Times of neighbouring trades may be in another order than their ids, but not by as much. */
    private static final long RESET_MICROS = 1_000_000;

    private final boolean withoutBlockTrades;
    private final CandleHour[] hours = new CandleHour[HOURS];
    private final Deque<Trade> trades = new ArrayDeque<>();
    private final ByteBuffer scratch = ByteBuffer.allocate(MinuteSum.MOST_BYTES);
    /** The minute that trades are added to; only when another one comes are its bytes written. */
    private MinuteSum working = new MinuteSum();

    /** Trades of a past minute that are not in its candle yet. */
    private MinuteSum past = new MinuteSum();

    private long pastMinute = -1;
    /** The first trade that came live; null before it. */
    private Trade firstLive;
    /** The last trade that came as a past one; null before it. */
    private Trade lastPast;

    private long workingMinute = -1;
    private boolean changed;
    private long newestMinute = -1;
    private long newestTrade = -1;

    InstrumentHistory(boolean withoutBlockTrades) {
        this.withoutBlockTrades = withoutBlockTrades;
    }

    /** Adds a trade, which may be late. One before the past day, or in a minute of the exchange, changes no candle. */
    synchronized void trade(Trade trade, int mostTrades) {
        firstLive = firstLive == null ? trade : firstLive;
        trades.addLast(trade);
        while (trades.size() > mostTrades) {
            trades.removeFirst();
        }
        newestTrade = Math.max(newestTrade, trade.timestampMicros());
        if (withoutBlockTrades && trade.blockTrade() || cameAsPast(trade)) {
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

    /** Adds a trade of before the first live one. They come oldest first; their ids are numbers that grow with time. */
    synchronized void past(Trade trade) {
        if (firstLive != null && !before(trade, firstLive)) {
            return;
        }
        lastPast = trade;
        long minute = Math.floorDiv(trade.timestampMicros(), MINUTE);
        if (minute != pastMinute) {
            addPast();
            past = new MinuteSum();
            pastMinute = minute;
        }
        past.add(trade);
    }

    /** A venue that was reset counts from the beginning: a lower id of a later time is a new trade. */
    private boolean cameAsPast(Trade trade) {
        return lastPast != null
                && !before(lastPast, trade)
                && trade.timestampMicros() - lastPast.timestampMicros() <= RESET_MICROS;
    }

    private static boolean before(Trade trade, Trade other) {
        String id = trade.id();
        int longer = id.length() - other.id().length();
        return longer == 0 ? id.compareTo(other.id()) < 0 : longer < 0;
    }

    /** Past trades are added to those of the feed; they replace the exchange's candle once they have its volume. */
    private void addPast() {
        if (past.isEmpty() || !open(pastMinute)) {
            return;
        }
        if (!working.ofExchange()) {
            working.add(past);
        } else if (past.volume().compareTo(working.volume()) >= 0) {
            working = past;
        } else {
            return;
        }
        changed = true;
        past = new MinuteSum();
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
        CandleHour hour = hour(minute);
        if (hour == null) {
            return false;
        }
        hour.known(inHour(minute));
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

    /** All minutes of a range are known from the exchange: those without a candle had no trade. */
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

    static int slot(long minute) {
        return (int) Math.floorMod(Math.floorDiv(minute, CandleHour.MINUTES), (long) HOURS);
    }

    static int inHour(long minute) {
        return (int) Math.floorMod(minute, (long) CandleHour.MINUTES);
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

    /** A copy for reading, so that the feed does not wait while candles are built. */
    synchronized DayView view(TradeCoverage coverage) {
        addPast();
        flush();
        CandleHour[] copies = new CandleHour[HOURS];
        for (int i = 0; i < HOURS; i++) {
            copies[i] = hours[i] == null ? null : hours[i].copy();
        }
        return new DayView(copies, coverage);
    }

    /** The clock has stepped back: what is newer came of a wrong time, or of a replay that starts again. */
    synchronized void forgetAfter(long nowMicros) {
        flush();
        working = new MinuteSum();
        workingMinute = -1;
        past = new MinuteSum();
        pastMinute = -1;
        firstLive = null;
        lastPast = null;
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
