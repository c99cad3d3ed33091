package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * The kind of market of a symbol, and the figures behind it.
 *
 * @param kind {@code trend}, {@code range}, or {@code unknown} until there are enough candles
 * @param direction {@code up}, {@code down} or {@code none}; only a trend has a direction
 * @param confidence 0 to 1: the distance of {@code score} from the boundary; reduced outside the sessions
 * @param score 0 for a pure range, 1 for a pure trend; null if unknown
 * @param atMicros end of the last candle used
 */
public record Regime(
        InstrumentId instrument,
        String kind,
        String direction,
        BigDecimal confidence,
        BigDecimal score,
        Figures figures,
        long atMicros) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    /**
     * The figures behind a regime: each from 0 to 1, four decimal places, null if unknown.
     *
     * @param efficiency net move of the closes divided by the distance they travelled
     * @param displacement distance between VWAP and POC, in widths of the value area
     * @param deltaStrength how one-sided the taker volume is
     * @param concentration how much of the day's volume lies in a small part of its range
     */
    public record Figures(
            BigDecimal efficiency, BigDecimal displacement, BigDecimal deltaStrength, BigDecimal concentration) {}

    private static final Figures NO_FIGURES = new Figures(null, null, null, null);

    public static final String TREND = "trend";
    public static final String RANGE = "range";
    public static final String UNKNOWN = "unknown";

    static Regime unknown(InstrumentId instrument, long atMicros) {
        return new Regime(instrument, UNKNOWN, "none", BigDecimal.ZERO, null, NO_FIGURES, atMicros);
    }

    public BigDecimal efficiency() {
        return figures.efficiency();
    }

    public BigDecimal displacement() {
        return figures.displacement();
    }

    public BigDecimal deltaStrength() {
        return figures.deltaStrength();
    }

    public BigDecimal concentration() {
        return figures.concentration();
    }

    public boolean isTrend() {
        return kind.equals(TREND);
    }

    public boolean isRange() {
        return kind.equals(RANGE);
    }

    /** End of the last candle used. */
    public Instant at() {
        return Times.instant(atMicros);
    }
}
