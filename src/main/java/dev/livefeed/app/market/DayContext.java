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
    final KnownMinutes minutes = new KnownMinutes();
    final ContextRules rules;
    Profile profile;
    VolumeDelta delta = new VolumeDelta();
    PriceSpan prices = new PriceSpan();
    PriceSpan openingRange = new PriceSpan();
    ProductSum values = new ProductSum();
    ProductSum squares = new ProductSum();
    final Amount volume = new Amount();
    BigDecimal open;
    /** Exchange time of the first price; the least number where it was restored, since what comes then is newer. */
    long openMicros = Long.MIN_VALUE;

    BigDecimal last;
    long lastMicros = -1;
    /** The latest time of a trade of this day, whenever it came. */
    long newestMicros = -1;

    long trades;
    /** Trades of minutes that had been filled from candles, which hold them already. */
    long covered;

    boolean synthetic;
    /** Whether candles stand in for trades. */
    boolean approximate;
    /** The exchange's candle of the whole day where that holds more than the trades, else null. */
    VenueCandle candle;

    DayContext(LocalDate day, BigDecimal tickSize, ContextRules rules) {
        this.day = day;
        this.rules = rules;
        this.profile = new Profile(tickSize, rules.maxBins());
    }

    DayContext copy() {
        DayContext copy = new DayContext(day, profile.tickSize(), rules);
        copy.profile = profile.copy();
        copy.delta = delta.copy();
        copy.prices = prices.copy();
        copy.openingRange = openingRange.copy();
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
     * @param amount its size once more
     * @return whether it was counted; a trade of a minute that was filled from a candle is in that candle already
     * @throws ArithmeticException where the day's volume would be beyond 9 x 10^18; nothing is counted then
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
        int second = second(trade.timestampMicros());
        if (rules.openingRange().contains(second)) {
            openingRange.add(trade.price());
        }
        delta.add(trade.side(), amount, second < rules.openingRange().startSecond());
        profile.add(price, amount, trade.side());
        trades++;
        return true;
    }

    static int minute(long micros) {
        return Math.floorMod(Math.floorDiv(micros, MINUTE_MICROS), KnownMinutes.OF_DAY);
    }

    private static int second(long micros) {
        return Math.floorMod(Math.floorDiv(micros, 1_000_000L), 86_400);
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

    /** What the next day sees of this one. */
    PreviousDay previous() {
        PriceRange area = profile.valueArea();
        PriceSpan span = prices.copy();
        BigDecimal vwap = vwap();
        if (candle != null) {
            span.add(candle.high(), candle.low());
            boolean priced = candle.value() != null && candle.volume().signum() > 0;
            vwap = priced ? ratio(candle.value(), candle.volume()) : vwap;
        }
        return new PreviousDay(
                day,
                span.high(),
                span.low(),
                profile.isEmpty() ? null : profile.top().get(0).price(),
                area == null ? null : area.high(),
                area == null ? null : area.low(),
                vwap,
                approximate || candle != null);
    }
}
