package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Classifies a market as trend or range. The score is a weighted mean of four figures, each scaled from 0 (range) to 1
 * (trend):
 *
 * <table> <caption>The figures</caption>
 *
 * <tr><th>figure</th><th>definition</th><th>counts as 1 from</th><th>weight</th></tr>
 *
 * <tr><td>efficiency</td><td>|last close - first close| / sum of |close - close before|, over the last {@value
 * #LOOKBACK} candles: the efficiency ratio of P. Kaufman, Trading Systems and Methods</td><td>0.5 (a random walk of
 * 30 steps has about 0.18)</td><td>0.4</td></tr>
 *
 * <tr><td>displacement</td><td>|VWAP - POC| / (VAH - VAL): on a balanced day the volume lies evenly around its peak, on
 * a trend day it trails behind the price (J. F. Dalton, Mind over Markets, day types)</td><td>0.5</td><td>0.2</td></tr>
 *
 * <tr><td>delta strength</td><td>|bought - sold| / (bought + sold) over the same candles: the order imbalance of VPIN
 * (Easley, Lopez de Prado, O'Hara 2012), of time bars</td><td>0.3</td><td>0.2</td></tr>
 *
 * <tr><td>concentration, inverted</td><td>1 - (VAH - VAL) / (0.7 x (high - low)), not below 0: 0 if the value area
 * takes 70 % or more of the day's range, near 1 if it is only a few bins. Unlike the share of the ten largest bins, it
 * does not depend on the tick size</td><td>0 (concentration of 0.6 counts as
 * range)</td><td>0.2</td></tr>
 *
 * </table>
 *
 * <p>A score of 0.5 or more is a trend. Confidence is twice the distance from 0.5; outside all sessions it is
 * multiplied by 0.8, because low liquidity causes both false breakouts and false calm. An unknown figure is omitted
 * together with its weight; with fewer than {@value #MIN_CANDLES} candles the regime is unknown. The weights and bounds
 * are a judgement; the tests check them against constructed markets.
 */
public final class RegimeClassifier {

    static final int LOOKBACK = 30;
    static final int MIN_CANDLES = 10;

    private static final int SCALE = 4;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal EFFICIENT = new BigDecimal("0.5");
    private static final BigDecimal DISPLACED = new BigDecimal("0.5");
    private static final BigDecimal ONE_SIDED = new BigDecimal("0.3");
    private static final BigDecimal CONCENTRATED = new BigDecimal("0.6");
    private static final BigDecimal VALUE_SHARE = new BigDecimal("0.7");
    private static final BigDecimal OFF_HOURS = new BigDecimal("0.8");
    private static final BigDecimal[] WEIGHTS = {
        new BigDecimal("0.4"), new BigDecimal("0.2"), new BigDecimal("0.2"), new BigDecimal("0.2")
    };

    private RegimeClassifier() {}

    /**
     * Returns the regime after the last of these candles.
     *
     * @param candles candles of one timeframe, oldest first; the last {@value #LOOKBACK} are used
     * @param context null if unknown
     * @param inSession whether any session is open
     */
    static Regime classify(
            InstrumentId instrument, List<Candle> candles, ContextView context, boolean inSession, long atMicros) {
        if (candles.size() < MIN_CANDLES) {
            return Regime.unknown(instrument, atMicros);
        }
        List<Candle> recent = candles.subList(Math.max(0, candles.size() - LOOKBACK), candles.size());
        BigDecimal move =
                recent.get(recent.size() - 1).close().subtract(recent.get(0).close());
        BigDecimal efficiency = efficiency(recent, move);
        BigDecimal displacement = displacement(context);
        BigDecimal delta = deltaStrength(recent);
        BigDecimal concentration = concentration(context);
        BigDecimal[] parts = {
            scaled(efficiency, EFFICIENT),
            scaled(displacement, DISPLACED),
            scaled(delta, ONE_SIDED),
            concentration == null ? null : BigDecimal.ONE.subtract(scaled(concentration, CONCENTRATED))
        };
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal weight = BigDecimal.ZERO;
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] != null) {
                sum = sum.add(parts[i].multiply(WEIGHTS[i]));
                weight = weight.add(WEIGHTS[i]);
            }
        }
        BigDecimal score = sum.divide(weight, SCALE, RoundingMode.HALF_EVEN);
        boolean trend = score.compareTo(HALF) >= 0;
        BigDecimal confidence = score.subtract(HALF).abs().multiply(BigDecimal.valueOf(2));
        if (!inSession) {
            confidence = confidence.multiply(OFF_HOURS);
        }
        String direction = !trend || move.signum() == 0 ? "none" : move.signum() > 0 ? "up" : "down";
        return new Regime(
                instrument,
                trend ? Regime.TREND : Regime.RANGE,
                direction,
                confidence.setScale(SCALE, RoundingMode.HALF_EVEN),
                score,
                new Regime.Figures(efficiency, displacement, delta, concentration),
                atMicros);
    }

    private static BigDecimal efficiency(List<Candle> recent, BigDecimal move) {
        BigDecimal distance = BigDecimal.ZERO;
        for (int i = 1; i < recent.size(); i++) {
            distance = distance.add(
                    recent.get(i).close().subtract(recent.get(i - 1).close()).abs());
        }
        return distance.signum() == 0 ? BigDecimal.ZERO : ratio(move.abs(), distance);
    }

    private static BigDecimal deltaStrength(List<Candle> recent) {
        BigDecimal delta = BigDecimal.ZERO;
        BigDecimal volume = BigDecimal.ZERO;
        for (Candle candle : recent) {
            delta = delta.add(candle.delta());
            volume = volume.add(candle.volume());
        }
        return ratio(delta.abs(), volume);
    }

    private static BigDecimal displacement(ContextView context) {
        if (context == null || context.vwap() == null || context.poc() == null || context.vah() == null) {
            return null;
        }
        BigDecimal width = context.vah().subtract(context.val());
        if (width.signum() <= 0) {
            return null;
        }
        return ratio(context.vwap().subtract(context.poc()).abs(), width).min(BigDecimal.ONE);
    }

    private static BigDecimal concentration(ContextView context) {
        if (context == null || context.vah() == null || context.high() == null) {
            return null;
        }
        BigDecimal range = context.high().subtract(context.low());
        if (range.signum() <= 0) {
            return null;
        }
        BigDecimal spread = context.vah().subtract(context.val());
        BigDecimal even = range.multiply(VALUE_SHARE);
        return BigDecimal.ONE.subtract(ratio(spread, even)).max(BigDecimal.ZERO);
    }

    private static BigDecimal scaled(BigDecimal figure, BigDecimal from) {
        return figure == null ? null : ratio(figure, from).min(BigDecimal.ONE);
    }

    private static BigDecimal ratio(BigDecimal part, BigDecimal whole) {
        return part.divide(whole, SCALE, RoundingMode.HALF_EVEN);
    }
}
