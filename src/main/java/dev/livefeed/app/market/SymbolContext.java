package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.app.market.profile.PriceRange;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The market context of one symbol: today and yesterday, by trade time. A trade of yesterday counts for yesterday; an
 * older one is counted as too late and ignored. Guarded by its {@link SymbolMarket}.
 */
final class SymbolContext {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final InstrumentId instrument;
    private final ContextRules rules;
    private final ProfileTickSize tick;
    private final Decimal price = new Decimal();
    private final Decimal qty = new Decimal();
    private final Amount amount = new Amount();
    private long dayNumber = Long.MIN_VALUE;
    private DayContext today;
    private DayContext yesterday;
    /** Yesterday's levels, or null if they must be computed again. */
    private PreviousDay previous;

    private long late;
    private long tooLate;
    /** Trades up to this time are part of the restored state. */
    private long restoredUntil = -1;

    private PastTrades past = new PastTrades();

    /** Those of yesterday, if midnight passed while they were counted. */
    private PastTrades pastYesterday = new PastTrades();

    private long repeated;
    private long changes;

    SymbolContext(InstrumentId instrument, ContextRules rules) {
        this.instrument = instrument;
        this.rules = rules;
        this.tick = new ProfileTickSize(rules.tickSize(), rules.awaitTick());
    }

    /** @throws IllegalArgumentException if a number needs more than 18 digits; nothing is counted then */
    void trade(Trade trade) {
        price.set(trade.price(), "price");
        amount.set(qty.set(trade.qty(), "size"));
        if (trade.timestampMicros() <= restoredUntil) {
            repeated++;
            return;
        }
        long number = Math.floorDiv(trade.timestampMicros(), DAY_MICROS);
        if (number > dayNumber) {
            startDay(number);
        }
        if (number == dayNumber && !past.takesLive(trade)
                || number == dayNumber - 1 && !pastYesterday.takesLive(trade)) {
            repeated++;
            return;
        }
        changes++;
        if (number == dayNumber) {
            if (today.trade(trade, price, qty, amount)) {
                tick.add(trade);
            }
        } else if (number == dayNumber - 1) {
            if (yesterday == null) {
                yesterday = new DayContext(today.day.minusDays(1), tick.size(), rules);
            }
            late++;
            previous = null;
            yesterday.trade(trade, price, qty, amount);
            continueOpeningRange();
        } else {
            tooLate++;
        }
    }

    /**
     * Counts a past trade of today. With the first one, today begins again with nothing: it is counted from all of its
     * trades, past and live, by their ids. If midnight passes meanwhile, the rest of that day is counted for it.
     *
     * @return false if it is of another day, has been counted, or comes live
     */
    boolean past(Trade trade) {
        long number = Math.floorDiv(trade.timestampMicros(), DAY_MICROS);
        if (number > dayNumber) {
            startDay(number);
        }
        boolean ofYesterday = number == dayNumber - 1 && pastYesterday.isOpen();
        if (number != dayNumber && !ofYesterday || !PastTrades.numbered(trade)) {
            return false;
        }
        if (ofYesterday) {
            return pastOfYesterday(trade);
        }
        if (past.begin()) {
            boolean seen = today.synthetic;
            today = new DayContext(today.day, tick.size(), rules);
            today.synthetic = seen;
            restoredUntil = -1;
            continueOpeningRange();
        }
        if (!past.takesPast(trade)) {
            return false;
        }
        price.set(trade.price(), "price");
        amount.set(qty.set(trade.qty(), "size"));
        changes++;
        // Before the first live one they come in their order, and the last of them is the last price.
        Trade counted = past.firstLiveMicros() < 0 ? trade : trade.asLate();
        if (today.trade(counted, price, qty, amount)) {
            tick.add(counted);
        }
        return true;
    }

    private boolean pastOfYesterday(Trade trade) {
        if (!pastYesterday.takesPast(trade)) {
            return false;
        }
        price.set(trade.price(), "price");
        amount.set(qty.set(trade.qty(), "size"));
        changes++;
        previous = null;
        yesterday.trade(pastYesterday.firstLiveMicros() < 0 ? trade : trade.asLate(), price, qty, amount);
        continueOpeningRange();
        return true;
    }

    /** See {@link Market#firstLiveMicros}. */
    long firstLiveMicros() {
        return past.firstLiveMicros() < 0 ? pastYesterday.firstLiveMicros() : past.firstLiveMicros();
    }

    /** Some trades of today are missing. */
    void approximate() {
        if (today != null) {
            changes++;
            today.approximate = true;
        }
    }

    private void startDay(long number) {
        pastYesterday = number == dayNumber + 1 ? past : new PastTrades();
        past = new PastTrades();
        previous = null;
        yesterday = number == dayNumber + 1 ? today : null;
        dayNumber = number;
        today = new DayContext(LocalDate.ofEpochDay(number), tick.size(), rules);
        tick.startDay();
        continueOpeningRange();
    }

    /** An opening range over midnight is that of the day on which it ends. */
    private void continueOpeningRange() {
        if (yesterday != null) {
            today.openingRange.add(yesterday.nextOpeningRange.high(), yesterday.nextOpeningRange.low());
        }
    }

    /** Sets the exchange's tick size. */
    void tickSize(BigDecimal size) {
        tick.setExchangeSize(size);
        if (today != null) {
            changes++;
            today.profile = tick.apply(today.profile, rules.maxBins());
        }
    }

    /** No tick size is available: the profile keeps its bins. */
    void noTickSize() {
        tick.setUnavailable();
    }

    ProfileTickSize tick() {
        return tick;
    }

    /**
     * Counts a candle for a minute without counted trades.
     *
     * @return whether it was counted
     */
    boolean fill(ExchangeCandle candle) {
        DayContext day = dayOf(candle);
        if (day == null || !CandleApproximation.fill(day, candle)) {
            return false;
        }
        changes++;
        previous = null;
        if (day == today) {
            tick.profileFilled();
        } else {
            continueOpeningRange();
        }
        return true;
    }

    /** Takes the exchange's candle of a whole day that has ended. */
    void dayCandle(ExchangeCandle candle) {
        DayContext day = dayOf(candle);
        if (day != null && day != today && candle.volume().compareTo(day.volume.decimal()) != 0) {
            changes++;
            day.candle = candle;
            previous = null;
        }
    }

    private DayContext dayOf(ExchangeCandle candle) {
        long number = Math.floorDiv(candle.startMillis(), DAY_MICROS / 1000);
        if (today == null) {
            return null;
        }
        if (number == dayNumber - 1 && yesterday == null) {
            yesterday = new DayContext(today.day.minusDays(1), tick.size(), rules);
        }
        return number == dayNumber ? today : number == dayNumber - 1 ? yesterday : null;
    }

    /** Starts this day if it is newer than the current one. */
    void advanceTo(LocalDate day) {
        if (day.toEpochDay() > dayNumber) {
            startDay(day.toEpochDay());
        }
    }

    /** Increases with every change. */
    long changes() {
        return changes;
    }

    /** An independent copy. */
    SymbolContext copy() {
        SymbolContext copy = new SymbolContext(instrument, rules);
        copy.dayNumber = dayNumber;
        copy.today = today == null ? null : today.copy();
        copy.yesterday = yesterday == null ? null : yesterday.copy();
        copy.late = late;
        copy.tooLate = tooLate;
        copy.changes = changes;
        return copy;
    }

    /** Restores saved days; either may be null, but today only if both are. */
    void restore(DayContext savedToday, DayContext savedYesterday, long savedLate, long savedTooLate) {
        today = savedToday;
        yesterday = savedYesterday;
        previous = null;
        dayNumber = today == null ? Long.MIN_VALUE : today.day.toEpochDay();
        late = savedLate;
        tooLate = savedTooLate;
        if (today != null) {
            tick.restored(today.profile.tickSize());
            restoredUntil = today.newestMicros;
        }
        changes++;
    }

    /** The newest day; null before the first trade. */
    DayContext today() {
        return today;
    }

    /** The day before {@link #today}, or null if nothing is known about it. */
    DayContext yesterday() {
        return yesterday;
    }

    /** Trades that arrived after their day had ended. */
    long late() {
        return late;
    }

    /** Trades no newer than the restored state, assumed to be part of it. */
    long repeated() {
        return repeated;
    }

    /** Trades older than yesterday, which were ignored. */
    long tooLate() {
        return tooLate;
    }

    /** Null before the first trade. */
    ContextView view() {
        if (today == null) {
            return null;
        }
        if (previous == null) {
            previous = yesterday == null ? PreviousDay.unknown(today.day.minusDays(1)) : yesterday.previous();
        }
        PriceRange area = today.profile.valueArea();
        DayWindow.Span range = today.range;
        return new ContextView(
                instrument,
                new ContextView.TradingDay(
                        today.day,
                        today.lastMicros < 0 ? null : rules.sessions().at(today.lastMicros),
                        today.approximate,
                        today.synthetic || (yesterday != null && yesterday.synthetic)),
                new ContextView.Prices(
                        today.last,
                        today.lastMicros,
                        today.open,
                        today.prices.high(),
                        today.prices.low(),
                        today.vwap(),
                        today.vwapQuote()),
                new ContextView.Volumes(
                        today.volume.decimal(),
                        today.values.value(),
                        today.delta.bought(),
                        today.delta.sold(),
                        today.trades),
                new ContextView.Delta(today.delta.before(), today.delta.since()),
                new ContextView.ProfileLevels(
                        today.profile.tickSize(),
                        area == null ? null : area.high(),
                        area == null ? null : area.low(),
                        List.copyOf(today.profile.top())),
                new ContextView.OpeningRange(
                        today.openingRange.high(),
                        today.openingRange.low(),
                        range == null ? null : Times.instant(range.start()),
                        range == null ? null : Times.instant(range.end())),
                previous);
    }
}
