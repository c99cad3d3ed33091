package dev.livefeed.app.backfill;

import java.math.BigDecimal;

/**
 * What the exchange says of an instrument; each number but the tick size is null where it names none.
 *
 * @param status such as {@code Trading}
 * @param qtyStep smallest step of a size
 * @param minQty least size of an order
 * @param maxQty most of an order with a price
 * @param maxMarketQty most of a market order
 * @param minValue least value of an order
 * @param fetchedAt milliseconds since 1970
 */
public record InstrumentFacts(
        String symbol,
        String status,
        BigDecimal tickSize,
        BigDecimal qtyStep,
        BigDecimal minQty,
        BigDecimal maxQty,
        BigDecimal maxMarketQty,
        BigDecimal minValue,
        long fetchedAt) {}
