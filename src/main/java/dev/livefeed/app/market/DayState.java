package dev.livefeed.app.market;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.exact.Amount;
import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * The saved form of a {@link DayContext}: one flat JSON object.
 *
 * @param candle the exchange's candle of the whole day, or null
 */
record DayState(
        String day,
        boolean synthetic,
        @JsonUnwrapped Prices prices,
        @JsonUnwrapped Deltas deltas,
        @JsonUnwrapped Sums sums,
        @JsonUnwrapped Coverage coverage,
        ExchangeCandle candle,
        @JsonUnwrapped Bins profile) {

    /** The prices of the day, with the exchange times of the last and the newest trade. */
    record Prices(
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal last,
            long lastMicros,
            long newestMicros,
            @JsonUnwrapped OpeningRanges ranges) {}

    /** The opening range of the day, and the next one if it has begun. */
    record OpeningRanges(
            BigDecimal rangeHigh,
            BigDecimal rangeLow,
            @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal nextRangeHigh,
            @JsonInclude(JsonInclude.Include.NON_NULL) BigDecimal nextRangeLow) {}

    /** Volume by taker side, before and since the start of the opening range. */
    record Deltas(BigDecimal boughtBefore, BigDecimal soldBefore, BigDecimal boughtSince, BigDecimal soldSince) {}

    record Sums(long trades, long covered, BigDecimal volume, BigDecimal value, BigDecimal square) {}

    /** The minutes of the day with trades and those filled from candles, as bit sets. */
    record Coverage(boolean approximate, long[] tradedMinutes, long[] filledMinutes) {}

    record Bins(BigDecimal tickSize, BigDecimal outsideVolume, long outsideTrades, List<Bin> bins) {}

    static DayState of(DayContext day) {
        if (day == null) {
            return null;
        }
        return new DayState(
                day.day.toString(),
                day.synthetic,
                new Prices(
                        day.open,
                        day.prices.high(),
                        day.prices.low(),
                        day.last,
                        day.lastMicros,
                        day.newestMicros,
                        new OpeningRanges(
                                day.openingRange.high(),
                                day.openingRange.low(),
                                day.nextOpeningRange.high(),
                                day.nextOpeningRange.low())),
                new Deltas(
                        day.delta.boughtBefore.decimal(),
                        day.delta.soldBefore.decimal(),
                        day.delta.boughtSince.decimal(),
                        day.delta.soldSince.decimal()),
                new Sums(day.trades, day.covered, day.volume.decimal(), day.values.value(), day.squares.value()),
                new Coverage(day.approximate, day.minutes.tradedBits(), day.minutes.filledBits()),
                day.candle,
                new Bins(
                        day.profile.tickSize(),
                        day.profile.outsideVolume(),
                        day.profile.outsideTrades(),
                        day.profile.bins(BigDecimal.ZERO, Integer.MAX_VALUE)));
    }

    /** @throws RuntimeException if the figures contradict each other or the limits */
    DayContext restore(ContextRules rules) {
        DayContext restored = new DayContext(LocalDate.parse(day), profile.tickSize, rules);
        profile.bins.forEach(restored.profile::add);
        restored.profile.addOutside(profile.outsideVolume, profile.outsideTrades);
        BigDecimal profiled = restored.profile.volume().add(restored.profile.outsideVolume());
        if (profiled.compareTo(sums.volume) != 0) {
            throw new IllegalArgumentException("the profile of " + day + " holds " + profiled.toPlainString()
                    + ", but the day holds " + sums.volume);
        }
        restored.trades = sums.trades;
        restored.covered = sums.covered;
        set(restored.volume, sums.volume);
        restored.values.add(sums.value);
        restored.squares.add(sums.square);
        restored.open = prices.open;
        restored.prices.add(prices.high, prices.low);
        restored.last = prices.last;
        restored.lastMicros = prices.lastMicros;
        restored.newestMicros = prices.newestMicros;
        restored.openingRange.add(prices.ranges.rangeHigh, prices.ranges.rangeLow);
        restored.nextOpeningRange.add(prices.ranges.nextRangeHigh, prices.ranges.nextRangeLow);
        set(restored.delta.boughtBefore, deltas.boughtBefore);
        set(restored.delta.soldBefore, deltas.soldBefore);
        set(restored.delta.boughtSince, deltas.boughtSince);
        set(restored.delta.soldSince, deltas.soldSince);
        restored.synthetic = synthetic;
        restored.approximate = coverage.approximate;
        restored.minutes.restore(coverage.tradedMinutes, coverage.filledMinutes);
        restored.candle = candle;
        return restored;
    }

    private static void set(Amount amount, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("a sum of quantities is below 0");
        }
        amount.set(value);
    }
}
