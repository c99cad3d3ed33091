package dev.livefeed.connector.bybit.instrument;

import dev.livefeed.protocol.model.TradingPhase;

/**
 * An instrument as the venue lists it.
 *
 * @param tradingStatus {@code Trading}, {@code PreLaunch}, {@code Delivering}, {@code Closed}
 * @param phase what the venue's words about it mean
 * @param tickSize the tick size as the venue writes it, or null
 * @param limits limits of an order
 * @param perpetual whether it has no expiry; a delivery time is then its delisting
 * @param deliveryMillis delivery time, milliseconds since 1970, or 0
 * @param launchMillis start of trading, milliseconds since 1970, or 0
 */
record ListedInstrument(
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
    record OrderLimits(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {}

    /**
     * The phase that the venue's words mean. A pre-launch contract may already be in an auction or in continuous
     * trading; {@code Finished} means that its auction is over.
     *
     * @param status empty if the venue states none
     * @param auctionPhase phase of the auction before the launch, or empty
     */
    static TradingPhase phase(String status, String auctionPhase) {
        return switch (status) {
            case "", "Trading" -> TradingPhase.TRADING;
            case "PreLaunch" ->
                switch (auctionPhase) {
                    case "ContinuousTrading", "Finished" -> TradingPhase.TRADING;
                    case "CallAuction", "CallAuctionNoCancel", "CrossTrading" -> TradingPhase.AUCTION;
                    default -> TradingPhase.PRE_LAUNCH;
                };
            case "Delivering" -> TradingPhase.DELIVERING;
            case "Closed" -> TradingPhase.CLOSED;
            default -> TradingPhase.HALTED;
        };
    }

    boolean trading() {
        return phase == TradingPhase.TRADING;
    }

    /** Whether it will be delisted although it has no expiry. */
    boolean delisting() {
        return perpetual && deliveryMillis > 0;
    }
}
