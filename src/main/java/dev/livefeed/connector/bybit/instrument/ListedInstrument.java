package dev.livefeed.connector.bybit.instrument;

/**
 * What the venue lists of a symbol.
 *
 * @param tradingStatus {@code Trading}, {@code PreLaunch}, {@code Delivering}, {@code Closed}
 * @param tickSize smallest step of the price, as the venue writes it, or null
 * @param limits of an order
 * @param perpetual whether it has no end by its terms; then a delivery time is its delisting
 * @param deliveryMillis when it ends, milliseconds since 1970, or 0
 */
record ListedInstrument(
        String symbol,
        String tradingStatus,
        String tickSize,
        OrderLimits limits,
        boolean perpetual,
        long deliveryMillis) {

    /**
     * Steps and limits of an order, as the venue writes them; null if not published.
     *
     * @param qtyStep smallest step of a size
     * @param minQty least size
     * @param maxQty most of an order with a price
     * @param maxMarketQty most of a market order
     * @param minValue least value
     */
    record OrderLimits(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {}

    boolean trading() {
        return "Trading".equals(tradingStatus);
    }

    /** Whether it is going to leave the venue although its terms know no end. */
    boolean delisting() {
        return perpetual && deliveryMillis > 0;
    }
}
