package dev.livefeed.connector.instrument;

import dev.livefeed.protocol.model.TradingPhase;

/**
 * An instrument as the venue lists it.
 *
 * @param tradingStatus the venue's own word, such as {@code Trading}
 * @param phase what the venue's words about it mean
 * @param tickSize the tick size as the venue writes it, or null
 * @param limits limits of an order
 * @param perpetual whether it has no expiry; a delivery time is then its delisting
 * @param deliveryMillis delivery time, milliseconds since 1970, or 0
 * @param launchMillis start of trading, milliseconds since 1970, or 0
 */
public record ListedInstrument(
        String symbol,
        String tradingStatus,
        TradingPhase phase,
        String tickSize,
        OrderLimits limits,
        boolean perpetual,
        long deliveryMillis,
        long launchMillis) {

    /**
     * Steps and limits of an order as the venue writes them; null if not published.
     *
     * @param qtyStep quantity step
     * @param minQty minimum quantity
     * @param maxQty maximum quantity of a limit order
     * @param maxMarketQty maximum quantity of a market order
     * @param minValue minimum value
     */
    public record OrderLimits(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {}

    public boolean trading() {
        return phase == TradingPhase.TRADING;
    }

    /** Whether it will be delisted although it has no expiry. */
    public boolean delisting() {
        return perpetual && deliveryMillis > 0;
    }
}
