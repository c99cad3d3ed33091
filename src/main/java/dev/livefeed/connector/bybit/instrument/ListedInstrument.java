package dev.livefeed.connector.bybit.instrument;

/**
 * An instrument as the venue lists it.
 *
 * @param tradingStatus {@code Trading}, {@code PreLaunch}, {@code Delivering}, {@code Closed}
 * @param tickSize the tick size as the venue writes it, or null
 * @param limits limits of an order
 * @param perpetual whether it has no expiry; a delivery time is then its delisting
 * @param deliveryMillis delivery time, milliseconds since 1970, or 0
 */
record ListedInstrument(
        String symbol,
        String tradingStatus,
        String tickSize,
        OrderLimits limits,
        boolean perpetual,
        long deliveryMillis) {

    /**
     * Steps and limits of an order as the venue writes them; null if not published.
     *
     * @param qtyStep quantity step
     * @param minQty minimum quantity
     * @param maxQty maximum quantity of a limit order
     * @param maxMarketQty maximum quantity of a market order
     * @param minValue minimum value
     */
    record OrderLimits(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {}

    boolean trading() {
        return "Trading".equals(tradingStatus);
    }

    /** Whether it will be delisted although it has no expiry. */
    boolean delisting() {
        return perpetual && deliveryMillis > 0;
    }
}
