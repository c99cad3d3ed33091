package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.exact.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Counts a one-minute candle in place of its trades. The volume is distributed evenly over at most {@link #STEPS}
 * prices from low to high and the value is taken as it is. The taker sides are unknown, so the delta does not change.
 */
final class CandleApproximation {

    /** Maximum number of prices that a candle is distributed over. */
    static final int STEPS = 32;

    private static final int SIZE_DIGITS = 12;

    private CandleApproximation() {}

    /** Counts the candle unless its minute already has trades or a candle; returns whether it was counted. */
    static boolean fill(DayContext day, ExchangeCandle candle) {
        int minute = DayContext.minute(candle.startMillis() * 1000);
        if (day.minutes.traded(minute) || day.minutes.filled(minute)) {
            return false;
        }
        day.minutes.fill(minute);
        if (candle.volume().signum() > 0) {
            count(day, candle);
        }
        return true;
    }

    private static void count(DayContext day, ExchangeCandle candle) {
        BigDecimal volume = candle.volume().setScale(SIZE_DIGITS, RoundingMode.HALF_EVEN);
        BigDecimal middle = candle.high().add(candle.low()).divide(BigDecimal.valueOf(2));
        BigDecimal value = candle.value() == null ? middle.multiply(volume) : candle.value();
        BigDecimal average = value.divide(candle.volume(), MathContext.DECIMAL64);
        day.volume.add(new Amount().set(volume));
        day.approximate = true;
        day.values.add(value);
        day.squares.add(value.multiply(average));
        day.prices.add(candle.high(), candle.low());
        long start = candle.startMillis() * 1_000;
        if (day.range != null && day.range.contains(start)) {
            day.openingRange.add(candle.high(), candle.low());
        }
        if (day.nextRange != null && start >= day.nextRange.start()) {
            day.nextOpeningRange.add(candle.high(), candle.low());
        }
        distribute(day, candle, volume);
    }

    private static void distribute(DayContext day, ExchangeCandle candle, BigDecimal volume) {
        BigDecimal tick = day.profile.tickSize();
        BigDecimal ticks = candle.high().subtract(candle.low()).divide(tick, 0, RoundingMode.FLOOR);
        int steps = ticks.min(BigDecimal.valueOf(STEPS - 1)).intValue() + 1;
        BigDecimal part = volume.divide(BigDecimal.valueOf(steps), SIZE_DIGITS, RoundingMode.FLOOR);
        BigDecimal rest = volume.subtract(part.multiply(BigDecimal.valueOf(steps - 1)));
        Decimal price = new Decimal();
        Amount amount = new Amount();
        for (int i = 0; i < steps; i++) {
            BigDecimal size = i == 0 ? rest : part;
            if (size.signum() > 0) {
                BigDecimal up = steps == 1
                        ? BigDecimal.ZERO
                        : ticks.multiply(BigDecimal.valueOf(i))
                                .divide(BigDecimal.valueOf(steps - 1), 0, RoundingMode.FLOOR);
                price.set(candle.low().add(up.multiply(tick)).setScale(SIZE_DIGITS, RoundingMode.FLOOR), "price");
                day.profile.add(price, amount.set(size), null);
            }
        }
    }
}
