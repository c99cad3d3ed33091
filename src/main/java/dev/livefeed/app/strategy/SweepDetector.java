package dev.livefeed.app.strategy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Detects a {@link Sweep} in the last candle. */
final class SweepDetector {

    /** Number of candles before the last one whose extremes are used. */
    static final int LOOKBACK = 20;

    private static final int MIN_CANDLES = 5;

    private SweepDetector() {}

    /** @param candles closed candles of one timeframe, oldest first */
    static Sweep detect(List<Candle> candles) {
        int last = candles.size() - 1;
        int first = Math.max(0, last - LOOKBACK);
        if (last - first < MIN_CANDLES) {
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
