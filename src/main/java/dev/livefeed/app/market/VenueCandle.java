package dev.livefeed.app.market;

import java.math.BigDecimal;

/**
 * What an exchange says of a minute or a day that nobody recorded trade by trade.
 *
 * @param startMillis milliseconds since 1970
 * @param volume sum of sizes
 * @param value sum of price x size, or null where the exchange gives none
 */
public record VenueCandle(
        long startMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal value) {}
