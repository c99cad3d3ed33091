package dev.livefeed.app.market;

import dev.livefeed.protocol.status.Status;
import java.math.BigDecimal;

/**
 * What the exchange lists for a symbol, as reported by the connector.
 *
 * @param tradingStatus {@code Trading} or another of the exchange's words, or null
 * @param tickSize smallest step of the price, or null
 * @param qtyStep smallest step of a quantity, or null
 * @param deliveryTime when the instrument expires, or null
 * @param delisting whether the exchange is removing an instrument that had no expiry
 */
public record ListingState(
        String tradingStatus, BigDecimal tickSize, BigDecimal qtyStep, String deliveryTime, boolean delisting) {

    /** Reads an {@code instrument} status; unusable values become null. */
    static ListingState of(Status status) {
        return new ListingState(
                text(status, "trading_status"),
                step(text(status, "tick_size")),
                step(text(status, "qty_step")),
                text(status, "delivery_time"),
                false);
    }

    /** The same listing, marked as being delisted. */
    ListingState delisted() {
        return new ListingState(tradingStatus, tickSize, qtyStep, deliveryTime, true);
    }

    /** A warning for operators about the symbol, or null. */
    public String trouble() {
        if (delisting) {
            return "is being delisted" + (deliveryTime == null ? "" : " at " + deliveryTime);
        }
        return tradingStatus == null || tradingStatus.equals("Trading")
                ? null
                : "is listed, but not trading: " + tradingStatus;
    }

    private static String text(Status status, String field) {
        return status.details().get(field) instanceof String text ? text : null;
    }

    private static BigDecimal step(String text) {
        if (text == null || !text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
            return null;
        }
        BigDecimal step = new BigDecimal(text);
        return step.signum() > 0 && step.precision() <= 18 ? step : null;
    }
}
