package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What kind of market it is, with the figures that say so; each figure is from 0 to 1, four digits, null where unknown.
 *
 * @param kind {@code trend}, {@code range}, or {@code unknown} while there are too few candles
 * @param direction {@code up}, {@code down} or {@code none}; of a trend only
 * @param confidence 0 to 1: how far {@code score} is from the line between the two; less outside the sessions
 * @param score 0 for a pure range, 1 for a pure trend
 * @param efficiency how straight the closes went
 * @param displacement how far VWAP and POC are apart, in widths of the value area
 * @param deltaStrength how one-sided the taker volume was
 * @param concentration how much of the day's volume stands in a small part of its range
 * @param atMicros end of the last candle it looks at
 */
public record Regime(
        String symbol,
        String kind,
        String direction,
        BigDecimal confidence,
        BigDecimal score,
        BigDecimal efficiency,
        BigDecimal displacement,
        BigDecimal deltaStrength,
        BigDecimal concentration,
        long atMicros) {

    public static final String TREND = "trend";
    public static final String RANGE = "range";
    public static final String UNKNOWN = "unknown";

    static Regime unknown(String symbol, long atMicros) {
        return new Regime(symbol, UNKNOWN, "none", BigDecimal.ZERO, null, null, null, null, null, atMicros);
    }

    public boolean isTrend() {
        return kind.equals(TREND);
    }

    public boolean isRange() {
        return kind.equals(RANGE);
    }

    /** End of the last candle it looks at. */
    public Instant at() {
        return Times.instant(atMicros);
    }
}
