package dev.livefeed.app.market;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Levels of the UTC day before; each is null where it is not known.
 *
 * @param day the day before, whether anything is known of it or not
 * @param high {@code PDH}
 * @param low {@code PDL}
 * @param poc price with the most volume
 * @param vah upper end of the value area
 * @param val lower end of the value area
 * @param vwap at the scale of {@link ContextView#vwap}
 * @param approximate whether candles stand in for trades that nobody recorded
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

    /** A day of which nothing is known. */
    public static PreviousDay unknown(LocalDate day) {
        return new PreviousDay(day, null, null, null, null, null, null, false);
    }
}
