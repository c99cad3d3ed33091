package dev.livefeed.app.market;

import java.math.BigDecimal;

/**
 * The exchange's candle of a minute or a day whose trades were not recorded.
 *
 * @param startMillis milliseconds since 1970
 * @param volume sum of quantities
 * @param value sum of price x quantity, or null if the exchange does not publish one
 */
public record VenueCandle(
        long startMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal value) {}
