package dev.livefeed.app.strategy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Detects a {@link Sweep} in the last candle.
 *
 * @param lookback number of candles before the last one whose extremes are used, 1 to {@value #MAX_LOOKBACK}
 * @param minCandles with fewer candles before the last one there is no sweep; 1 to the lookback
 */
public record SweepDetector(int lookback, int minCandles) {

    public static final int LOOKBACK = 20;
    public static final int MIN_CANDLES = 5;

    /** A moment has no more candles before the last one. */
    static final int MAX_LOOKBACK = Moment.CANDLES - 1;

    /** @throws IllegalArgumentException if a number is out of its range */
    public SweepDetector {
        if (lookback < 1 || lookback > MAX_LOOKBACK) {
            throw new IllegalArgumentException("sweepLookback is " + lookback + ", must be 1 to " + MAX_LOOKBACK);
        }
        if (minCandles < 1 || minCandles > lookback) {
            throw new IllegalArgumentException(
                    "sweepMinCandles is " + minCandles + ", must be 1 to " + lookback + ", which is sweepLookback");
        }
    }

    /** @param candles closed candles of one timeframe, oldest first */
    Sweep detect(List<Candle> candles) {
        int last = candles.size() - 1;
        int first = Math.max(0, last - lookback);
        if (last - first < minCandles) {
            return Sweep.NONE;
        }
        int lowest = first;
        int highest = first;
        BigDecimal sizes = BigDecimal.ZERO;
        for (int i = first; i < last; i++) {
            if (candles.get(i).low().compareTo(candles.get(lowest).low()) < 0) {
                lowest = i;
            }
            if (candles.get(i).high().compareTo(candles.get(highest).high()) > 0) {
                highest = i;
            }
            sizes = sizes.add(candles.get(i).delta().abs());
        }
        Candle candle = candles.get(last);
        BigDecimal spike = sizes.signum() == 0
                ? null
                : candle.delta()
                        .abs()
                        .multiply(BigDecimal.valueOf(last - first))
                        .divide(sizes, 2, RoundingMode.HALF_EVEN);
        BigDecimal low = candles.get(lowest).low();
        BigDecimal high = candles.get(highest).high();
        boolean sweptLow = candle.low().compareTo(low) < 0 && candle.close().compareTo(low) > 0;
        boolean sweptHigh = candle.high().compareTo(high) > 0 && candle.close().compareTo(high) < 0;
        if (sweptLow == sweptHigh) {
            return Sweep.NONE;
        }
        return sweptLow
                ? new Sweep("low", low, deltaSince(candles, lowest).signum() > 0, spike)
                : new Sweep("high", high, deltaSince(candles, highest).signum() < 0, spike);
    }

    /** Change of the cumulative delta from the end of that candle to the end of the last one. */
    private static BigDecimal deltaSince(List<Candle> candles, int from) {
        BigDecimal moved = BigDecimal.ZERO;
        for (int i = from + 1; i < candles.size(); i++) {
            moved = moved.add(candles.get(i).delta());
        }
        return moved;
    }
}
