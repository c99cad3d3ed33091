package dev.livefeed.app.history;

import dev.livefeed.app.market.MarketListener;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The candles of the past day and the last trades of all instruments, for charts: from the trades of the feed, and from
 * the exchange's candles of minutes that the feed has missed. Trades arrive in feed order; any thread may read.
 *
 * <p>Nothing of it is saved: after a restart, candles are requested from the exchange again.
 */
public final class MarketHistory implements MarketListener {

    /** The maximum number of instruments; about 50 kB each if all of the day's minutes have trades. */
    public static final int MAX_INSTRUMENTS = 2_000;

    /** The last trades of an instrument, as long as there are at most {@link #MAX_TRADES} of all. */
    public static final int TRADES = 500;

    /** The last trades of all instruments together; with more than 400 of them, each has fewer. */
    public static final int MAX_TRADES = 200_000;

    /** Minutes of the past day, and the one that is not over. */
    public static final int MINUTES = InstrumentHistory.DAY_MINUTES + 1;

    private static final long MINUTE = CandleHour.MINUTE_MICROS;

    private final Map<InstrumentId, InstrumentHistory> histories = new ConcurrentHashMap<>();
    /** By what is subscribed: an instrument, or the base coin of contracts. */
    private final Map<InstrumentId, TradeCoverage> coverages = new ConcurrentHashMap<>();

    private final AtomicLong notKept = new AtomicLong();
    private final LongSupplier clock;
    private final boolean withoutBlockTrades;

    /**
     * @param clock the time before which candles are closed, microseconds since 1970; -1 if it is not known
     * @param withoutBlockTrades whether block trades are in no candle
     */
    public MarketHistory(LongSupplier clock, boolean withoutBlockTrades) {
        this.clock = clock;
        this.withoutBlockTrades = withoutBlockTrades;
    }

    @Override
    public void trade(Trade trade) {
        InstrumentHistory history = of(trade.instrument());
        if (history == null) {
            notKept.incrementAndGet();
        } else {
            history.trade(trade, Math.min(TRADES, MAX_TRADES / histories.size()));
        }
    }

    /** Of a minute whose trades have all come, it is known who took, which the exchange's candle does not tell. */
    @Override
    public void past(Trade trade) {
        InstrumentHistory history = of(trade.instrument());
        if (history != null) {
            history.past(trade);
        }
    }

    @Override
    public void depth(Depth depth) {
        // Has no candles.
    }

    @Override
    public void stale(InstrumentId instrument, int levels, String reason) {
        // Books do not matter.
    }

    @Override
    public void forgetAfter(long nowMicros) {
        histories.values().forEach(history -> history.forgetAfter(nowMicros));
        coverages.values().forEach(coverage -> {
            synchronized (coverage) {
                coverage.forgetAfter(nowMicros);
            }
        });
    }

    /** Returns null if the instrument is one more than are kept. */
    private InstrumentHistory of(InstrumentId instrument) {
        InstrumentHistory history = histories.get(instrument);
        if (history != null || histories.size() >= MAX_INSTRUMENTS) {
            return history;
        }
        return histories.computeIfAbsent(instrument, each -> new InstrumentHistory(withoutBlockTrades));
    }

    /**
     * Takes a closed one-minute candle of the exchange, unless the trades of the feed have at least its volume.
     *
     * @return whether it was taken
     */
    public boolean fill(Kline candle) {
        InstrumentHistory history = of(candle.instrument());
        return history != null && history.fill(candle);
    }

    /**
     * All candles of a range have been passed to {@link #fill}; minutes without one had no trades.
     *
     * @param fromMillis start, milliseconds since 1970
     * @param toMillis end, exclusive
     */
    public void filled(InstrumentId instrument, long fromMillis, long toMillis) {
        InstrumentHistory history = of(instrument);
        if (history != null) {
            history.filled(fromMillis / 60_000, toMillis / 60_000);
        }
    }

    /**
     * The trades of an instrument, or of the contracts of a base coin, are subscribed.
     *
     * @param fromMicros from when on they are received or reported as a gap
     */
    public void subscribed(InstrumentId instrument, long fromMicros) {
        if (coverages.size() < MAX_INSTRUMENTS || coverages.containsKey(instrument)) {
            TradeCoverage coverage = coverages.computeIfAbsent(instrument, each -> new TradeCoverage());
            synchronized (coverage) {
                coverage.subscribed(fromMicros);
            }
        }
    }

    /** The feed of an instrument is lost: trades after the newest one may be missing until it is subscribed again. */
    public void lost(InstrumentId instrument) {
        TradeCoverage coverage = coverages.get(instrument);
        if (coverage != null) {
            long newest = newestTrade(instrument);
            synchronized (coverage) {
                coverage.lost(newest < 0 ? now(-1) : newest);
            }
        }
    }

    /** Trades of a time are lost for good; times are microseconds since 1970. */
    public void gap(InstrumentId instrument, long fromMicros, long toMicros) {
        TradeCoverage coverage = coverages.get(instrument);
        if (coverage != null) {
            long oldest = now(-1) - MINUTES * MINUTE;
            synchronized (coverage) {
                coverage.forgetBefore(oldest);
                coverage.gap(fromMicros, toMicros);
            }
        }
    }

    /** Exchange time of the newest trade of what is subscribed, microseconds since 1970; -1 before the first. */
    public long newestTrade(InstrumentId subscribed) {
        InstrumentHistory own = histories.get(subscribed);
        if (own != null || !subscribed.isBaseCoin()) {
            return own == null ? -1 : own.newestTrade();
        }
        return histories.entrySet().stream()
                .filter(each -> subscribed.covers(each.getKey()))
                .mapToLong(each -> each.getValue().newestTrade())
                .max()
                .orElse(-1);
    }

    /**
     * The candles of an instrument, oldest first, ending with the open one; empty if there are none.
     *
     * @param fromMicros candles that start earlier are left out, microseconds since 1970; 0 for the whole past day
     * @param toMicros candles that start at this time or later are left out; {@link Long#MAX_VALUE} for none
     * @param limit maximum number of candles: the last ones
     */
    public PastCandles candles(
            InstrumentId instrument, CandleTimeframe timeframe, long fromMicros, long toMicros, int limit) {
        InstrumentHistory history = histories.get(instrument);
        long now = now(history == null ? -1 : history.newestMinute() * MINUTE);
        long current = Math.floorDiv(now, MINUTE);
        long oldest = current - InstrumentHistory.DAY_MINUTES;
        long from = Math.max(oldest, Math.floorDiv(fromMicros + MINUTE - 1, MINUTE));
        long to =
                Math.min(current + 1, toMicros == Long.MAX_VALUE ? toMicros : Math.floorDiv(toMicros - 1, MINUTE) + 1);
        if (from >= to) {
            return new PastCandles(fromMicros, Math.max(fromMicros, toMicros), List.of(), List.of());
        }
        TradeCoverage coverage = coverage(instrument);
        DayView view = history == null ? DayView.empty(coverage) : history.view(coverage);
        // The minutes of the first candle before its start are over the edge of the day.
        long first = from == oldest ? Math.min(to, roundUp(from, timeframe)) : from;
        return new PastCandles(
                first * MINUTE,
                to * MINUTE,
                view.candles(timeframe, first, to, limit, now),
                view.missing(first, to, now));
    }

    private static long roundUp(long minute, CandleTimeframe timeframe) {
        return timeframe.start(minute + timeframe.minutes() - 1);
    }

    /** The last candles of an instrument, oldest first, ending with the open one. */
    public PastCandles candles(InstrumentId instrument, CandleTimeframe timeframe, int limit) {
        return candles(instrument, timeframe, 0, Long.MAX_VALUE, limit);
    }

    /** A copy of the coverage of the subscription of an instrument; one that covers nothing if there is none. */
    private TradeCoverage coverage(InstrumentId instrument) {
        TradeCoverage found = coverages.get(instrument);
        if (found == null) {
            found = coverages.entrySet().stream()
                    .filter(each -> each.getKey().covers(instrument))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseGet(TradeCoverage::new);
        }
        synchronized (found) {
            return found.copy();
        }
    }

    private long now(long atLeast) {
        long now = Math.max(clock.getAsLong(), atLeast);
        return now < 0 ? Times.nowMicros() : now;
    }

    /** The last trades of an instrument in the order of their arrival; late ones are marked. */
    public List<Trade> trades(InstrumentId instrument, int limit) {
        InstrumentHistory history = histories.get(instrument);
        return history == null ? List.of() : history.trades(limit);
    }

    /** Whether there is any trade or candle of the instrument. */
    public boolean has(InstrumentId instrument) {
        return histories.containsKey(instrument);
    }

    /** Gives up everything about an instrument that has ended. */
    public void release(InstrumentId instrument) {
        histories.remove(instrument);
        coverages.remove(instrument);
    }

    /** Number of instruments with trades or candles. */
    public int size() {
        return histories.size();
    }

    /** Number of trades of instruments beyond the limit. */
    public long notKept() {
        return notKept.get();
    }

    /** Size of all candles in bytes, without the objects around them. */
    long bytes() {
        return histories.values().stream().mapToLong(InstrumentHistory::bytes).sum();
    }
}
