package dev.livefeed.connector.bybit.instrument;

/**
 * What the venue lists of a symbol.
 *
 * @param tradingStatus {@code Trading}, {@code PreLaunch}, {@code Delivering}, {@code Closed}
 * @param tickSize smallest step of the price, as the venue writes it, or null
 * @param qtyStep smallest step of a size, as the venue writes it, or null
 * @param perpetual whether it has no end by its terms; then a delivery time is its delisting
 * @param deliveryMillis when it ends, milliseconds since 1970, or 0
 */
record ListedInstrument(
        String symbol, String tradingStatus, String tickSize, String qtyStep, boolean perpetual, long deliveryMillis) {

    boolean trading() {
        return "Trading".equals(tradingStatus);
    }

    /** Whether it is going to leave the venue although its terms know no end. */
    boolean delisting() {
        return perpetual && deliveryMillis > 0;
    }
}
