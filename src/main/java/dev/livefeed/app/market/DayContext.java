package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import dev.livefeed.app.market.exact.ProductSum;
import dev.livefeed.app.market.profile.PriceRange;
import dev.livefeed.app.market.profile.Profile;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** The sums of one UTC day of a symbol. Guarded by its {@link SymbolMarket}. */
final class DayContext {

    static final long MINUTE_MICROS = 60_000_000L;

    final LocalDate day;
    final MinuteCoverage minutes = new MinuteCoverage();
    final ContextRules rules;
    Profile profile;
    VolumeDelta delta = new VolumeDelta();
    HighLow prices = new HighLow();
    /** Null if no opening range ends on this day. */
    final DayWindow.Span range;
    /** Null if no opening range ends on the next day. */
    final DayWindow.Span nextRange;

    HighLow openingRange = new HighLow();
    /** Trades of this day in the opening range that ends on the next one. */
    HighLow nextOpeningRange = new HighLow();

    ProductSum values = new ProductSum();
    ProductSum squares = new ProductSum();
    final Amount volume = new Amount();
    BigDecimal open;
    /** Exchange time of {@code open}; {@code Long.MIN_VALUE} if restored, because no later trade can be older. */
    long openMicros = Long.MIN_VALUE;

    BigDecimal last;
    long lastMicros = -1;
    /** The latest exchange time of any trade of this day. */
    long newestMicros = -1;

    long trades;
    /** Trades of minutes already filled from candles, which include them. */
    long covered;

    boolean synthetic;
    /** Whether candles replace trades that were not recorded. */
    boolean approximate;
    /** The exchange's candle of the whole day if it differs from the trades, else null. */
    ExchangeCandle candle;

    DayContext(LocalDate day, BigDecimal tickSize, ContextRules rules) {
        this.day = day;
        this.rules = rules;
        this.profile = new Profile(tickSize, rules.maxBins());
        this.range = rules.openingRange().endingOn(day);
        this.nextRange = rules.openingRange().endingOn(day.plusDays(1));
    }

    DayContext copy() {
        DayContext copy = new DayContext(day, profile.tickSize(), rules);
        copy.profile = profile.copy();
        copy.delta = delta.copy();
        copy.prices = prices.copy();
        copy.openingRange = openingRange.copy();
        copy.nextOpeningRange = nextOpeningRange.copy();
        copy.values = values.copy();
        copy.squares = squares.copy();
        copy.volume.set(volume);
        copy.open = open;
        copy.openMicros = openMicros;
        copy.last = last;
        copy.lastMicros = lastMicros;
        copy.newestMicros = newestMicros;
        copy.trades = trades;
        copy.covered = covered;
        copy.synthetic = synthetic;
        copy.approximate = approximate;
        copy.candle = candle;
        copy.minutes.restore(minutes.tradedBits(), minutes.filledBits());
        return copy;
    }

    /**
     * Counts a trade of this day.
     *
     * @param amount the same quantity as {@code qty}, already converted
     * @return whether it was counted; false if its minute was filled from a candle that already includes it
     * @throws ArithmeticException if the day's volume would exceed 9 x 10^18; nothing is counted then
     */
    boolean trade(Trade trade, Decimal price, Decimal qty, Amount amount) {
        int minute = minute(trade.timestampMicros());
        boolean filled = minutes.filled(minute);
        if (!filled) {
            volume.add(amount);
        }
        if (!trade.late() || trade.timestampMicros() > lastMicros) {
            last = trade.price();
            lastMicros = trade.timestampMicros();
        }
        newestMicros = Math.max(newestMicros, trade.timestampMicros());
        synthetic |= trade.synthetic();
        if (filled) {
            covered++;
            return false;
        }
        minutes.trade(minute);
        if (open == null || trade.timestampMicros() < openMicros) {
            open = trade.price();
            openMicros = trade.timestampMicros();
        }
        prices.add(trade.price());
        values.add(price, qty);
        squares.addSquare(price, qty);
        if (range != null && range.contains(trade.timestampMicros())) {
            openingRange.add(trade.price());
        }
        if (nextRange != null && trade.timestampMicros() >= nextRange.start()) {
            nextOpeningRange.add(trade.price());
        }
        delta.add(trade.side(), amount, range == null || trade.timestampMicros() < range.start());
        profile.add(price, amount, trade.side());
        trades++;
        return true;
    }

    static int minute(long micros) {
        return Math.floorMod(Math.floorDiv(micros, MINUTE_MICROS), MinuteCoverage.PER_DAY);
    }

    /** Null before the first trade. */
    BigDecimal vwap() {
        return volume.isZero() ? null : ratio(values.value(), volume.decimal());
    }

    /** Null before the first trade. */
    BigDecimal vwapQuote() {
        return volume.isZero() ? null : ratio(squares.value(), values.value());
    }

    private BigDecimal ratio(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, profile.tickSize().scale() + Market.VWAP_DIGITS, RoundingMode.HALF_EVEN);
    }

    /** The levels that the next day reports for this day. */
    PreviousDay previous() {
        PriceRange area = profile.valueArea();
        HighLow highLow = prices.copy();
        BigDecimal vwap = vwap();
        if (candle != null) {
            highLow.add(candle.high(), candle.low());
            boolean priced = candle.value() != null && candle.volume().signum() > 0;
            vwap = priced ? ratio(candle.value(), candle.volume()) : vwap;
        }
        return new PreviousDay(
                day,
                highLow.high(),
                highLow.low(),
                profile.isEmpty() ? null : profile.top().get(0).price(),
                area == null ? null : area.high(),
                area == null ? null : area.low(),
                vwap,
                approximate || candle != null);
    }
}
