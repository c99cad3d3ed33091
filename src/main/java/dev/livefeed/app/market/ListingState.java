package dev.livefeed.app.market;

import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.InstrumentInfo;
import java.math.BigDecimal;

/**
 * What the connector says that the exchange lists of a symbol.
 *
 * @param tradingStatus {@code Trading} or another word of the exchange, or null
 * @param tickSize smallest step of the price, or null
 * @param qtyStep smallest step of a size, or null
 * @param deliveryTime when the instrument ends, or null
 * @param delisting whether the exchange takes it from its list although it had no end
 */
public record ListingState(
        String tradingStatus, BigDecimal tickSize, BigDecimal qtyStep, String deliveryTime, boolean delisting) {

    /** What cannot be used of the status is null. */
    static ListingState of(InstrumentInfo told) {
        return new ListingState(
                told.tradingStatus(), step(told.tickSize()), step(told.qtyStep()), told.deliveryTime(), false);
    }

    /** What cannot be used of the status is null. */
    static ListingState of(Delisting told) {
        return new ListingState(
                told.tradingStatus(), step(told.tickSize()), step(told.qtyStep()), told.deliveryTime(), true);
    }

    /** The same of an instrument that is to leave the list. */
    ListingState leaving() {
        return new ListingState(tradingStatus, tickSize, qtyStep, deliveryTime, true);
    }

    /** Why somebody should look at the symbol, or null. */
    public String trouble() {
        if (delisting) {
            return "is being delisted" + (deliveryTime == null ? "" : " at " + deliveryTime);
        }
        return tradingStatus == null || tradingStatus.equals("Trading")
                ? null
                : "is listed, but not trading: " + tradingStatus;
    }

    private static BigDecimal step(String text) {
        if (text == null || !text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
            return null;
        }
        BigDecimal step = new BigDecimal(text);
        return step.signum() > 0 && step.precision() <= 18 ? step : null;
    }
}
