package dev.livefeed.backfill;

import java.math.BigDecimal;

/**
 * What the exchange says of an instrument.
 *
 * @param status such as {@code Trading}
 * @param qtyStep smallest step of a size, or null where the exchange names none
 * @param fetchedAt milliseconds since 1970
 */
public record Instrument(String symbol, String status, BigDecimal tickSize, BigDecimal qtyStep, long fetchedAt) {}
