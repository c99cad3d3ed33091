package dev.livefeed.protocol.status;

/**
 * Steps and limits that the exchange sets for an order, in its own digits; each is null where it names none.
 *
 * @param qtyStep smallest step of a quantity
 * @param minQty least quantity of an order
 * @param maxQty greatest quantity of an order with a price
 * @param maxMarketQty greatest quantity of a market order
 * @param minValue least value of an order
 */
public record OrderBounds(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {

    /** Of an instrument of which nothing is known. */
    public static final OrderBounds NONE = new OrderBounds(null, null, null, null, null);
}
