package dev.livefeed.app.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Levels of the previous UTC day; each is null if unknown.
 *
 * @param day the previous day, even if nothing is known about it
 * @param high previous day's high ({@code PDH})
 * @param low previous day's low ({@code PDL})
 * @param poc price with the most volume
 * @param vah upper end of the value area
 * @param val lower end of the value area
 * @param vwap at the scale of {@link ContextView#vwap}
 * @param approximate whether candles replace trades that were not recorded
 */
public record PreviousDay(
        LocalDate day,
        BigDecimal high,
        BigDecimal low,
        BigDecimal poc,
        BigDecimal vah,
        BigDecimal val,
        BigDecimal vwap,
        boolean approximate) {

    /** A day about which nothing is known. */
    public static PreviousDay unknown(LocalDate day) {
        return new PreviousDay(day, null, null, null, null, null, null, false);
    }
}
