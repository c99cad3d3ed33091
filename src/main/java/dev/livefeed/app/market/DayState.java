package dev.livefeed.app.market;

import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The form in which a {@link DayContext} is saved. */
record DayState(
        String day,
        BigDecimal tickSize,
        long trades,
        long covered,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal last,
        long lastMicros,
        long newestMicros,
        BigDecimal rangeHigh,
        BigDecimal rangeLow,
        BigDecimal boughtBefore,
        BigDecimal soldBefore,
        BigDecimal boughtSince,
        BigDecimal soldSince,
        BigDecimal volume,
        BigDecimal value,
        BigDecimal square,
        boolean synthetic,
        boolean approximate,
        long[] tradedMinutes,
        long[] filledMinutes,
        VenueCandle candle,
        BigDecimal outsideVolume,
        long outsideTrades,
        List<Bin> bins) {

    static DayState of(DayContext day) {
        return day == null
                ? null
                : new DayState(
                        day.day.toString(),
                        day.profile.tickSize(),
                        day.trades,
                        day.covered,
                        day.open,
                        day.prices.high(),
                        day.prices.low(),
                        day.last,
                        day.lastMicros,
                        day.newestMicros,
                        day.openingRange.high(),
                        day.openingRange.low(),
                        day.delta.boughtBefore.decimal(),
                        day.delta.soldBefore.decimal(),
                        day.delta.boughtSince.decimal(),
                        day.delta.soldSince.decimal(),
                        day.volume.decimal(),
                        day.values.value(),
                        day.squares.value(),
                        day.synthetic,
                        day.approximate,
                        day.minutes.tradedBits(),
                        day.minutes.filledBits(),
                        day.candle,
                        day.profile.outsideVolume(),
                        day.profile.outsideTrades(),
                        day.profile.bins(BigDecimal.ZERO, Integer.MAX_VALUE));
    }

    /** @throws RuntimeException where the figures contradict each other or the limits */
    DayContext restore(ContextRules rules) {
        DayContext restored = new DayContext(LocalDate.parse(day), tickSize, rules);
        bins.forEach(restored.profile::add);
        restored.profile.addOutside(outsideVolume, outsideTrades);
        BigDecimal profiled = restored.profile.volume().add(restored.profile.outsideVolume());
        if (profiled.compareTo(volume) != 0) {
            throw new IllegalArgumentException(
                    "the profile of " + day + " holds " + profiled.toPlainString() + ", the day " + volume);
        }
        restored.trades = trades;
        restored.covered = covered;
        restored.open = open;
        restored.prices.add(high, low);
        restored.last = last;
        restored.lastMicros = lastMicros;
        restored.newestMicros = newestMicros;
        restored.openingRange.add(rangeHigh, rangeLow);
        set(restored.delta.boughtBefore, boughtBefore);
        set(restored.delta.soldBefore, soldBefore);
        set(restored.delta.boughtSince, boughtSince);
        set(restored.delta.soldSince, soldSince);
        set(restored.volume, volume);
        restored.values.add(value);
        restored.squares.add(square);
        restored.synthetic = synthetic;
        restored.approximate = approximate;
        restored.minutes.restore(tradedMinutes, filledMinutes);
        restored.candle = candle;
        return restored;
    }

    private static void set(Amount amount, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a sum of sizes is below 0");
        }
        amount.set(value);
    }
}
