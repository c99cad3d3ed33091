package dev.livefeed.app.market;

import dev.livefeed.protocol.model.TradingPhase;
import dev.livefeed.protocol.status.Delisting;
import dev.livefeed.protocol.status.InstrumentInfo;
import dev.livefeed.protocol.status.InstrumentInfo.OrderBounds;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the exchange lists for a symbol, as reported by the connector.
 *
 * @param tradingStatus {@code Trading} or another status of the exchange, or null
 * @param phase phase of its life; {@code TRADING} if nothing else was reported
 * @param tickSize smallest step of the price, or null
 * @param limits steps and limits of an order
 * @param deliveryTime when the instrument expires, or null
 * @param delisting whether the exchange is removing an instrument that had no expiry
 * @param toldAt when the connector reported it
 */
public record ListingState(
        String tradingStatus,
        TradingPhase phase,
        BigDecimal tickSize,
        OrderLimits limits,
        String deliveryTime,
        boolean delisting,
        Instant toldAt) {

    /**
     * The exchange's rules for the size and value of an order; null where there is no rule.
     *
     * @param qtyStep quantity step
     * @param minQty minimum quantity of an order
     * @param maxQty maximum quantity of an order with a price
     * @param maxMarketQty maximum quantity of a market order
     * @param minValue minimum value of an order
     */
    public record OrderLimits(
            BigDecimal qtyStep, BigDecimal minQty, BigDecimal maxQty, BigDecimal maxMarketQty, BigDecimal minValue) {

        static OrderLimits of(OrderBounds bounds) {
            return new OrderLimits(
                    decimal(bounds.qtyStep()),
                    decimal(bounds.minQty()),
                    decimal(bounds.maxQty()),
                    decimal(bounds.maxMarketQty()),
                    decimal(bounds.minValue()));
        }
    }

    /** Reads an {@code instrument} status; unusable values become null. */
    static ListingState of(InstrumentInfo status) {
        return new ListingState(
                status.tradingStatus(),
                phase(status.phase(), status.tradingStatus()),
                decimal(status.tickSize()),
                OrderLimits.of(status.limits()),
                status.deliveryTime(),
                false,
                Instant.now());
    }

    /** Reads a {@code delisting} status of a symbol that had no listing before. */
    static ListingState of(Delisting status) {
        return new ListingState(
                status.tradingStatus(),
                phase(null, status.tradingStatus()),
                decimal(status.tickSize()),
                OrderLimits.of(status.limits()),
                status.deliveryTime(),
                true,
                Instant.now());
    }

    /** The same listing, marked as being delisted. */
    ListingState delisted() {
        return new ListingState(tradingStatus, phase, tickSize, limits, deliveryTime, true, toldAt);
    }

    /** Quantity step, or null. */
    public BigDecimal qtyStep() {
        return limits.qtyStep();
    }

    /** A warning for operators about the symbol, or null. */
    public String trouble() {
        if (delisting) {
            return "is being delisted" + (deliveryTime == null ? "" : " at " + deliveryTime);
        }
        return trading() ? null : "is listed, but not trading: " + phaseText();
    }

    /** Whether data is expected from it. */
    public boolean trading() {
        return phase == TradingPhase.TRADING;
    }

    /** The exchange's word, and the phase if that says more: {@code PreLaunch (auction)}. */
    private String phaseText() {
        String word = tradingStatus == null ? phase.toString() : tradingStatus;
        return phase == TradingPhase.HALTED
                        || word.replace("_", "")
                                .equalsIgnoreCase(phase.toString().replace("_", ""))
                ? word
                : word + " (" + phase + ')';
    }

    /** Whether the status shows that an instrument that had ended is listed again. */
    public static boolean listedAgain(InstrumentInfo status) {
        return (status.phase() != null || status.tradingStatus() != null)
                && phase(status.phase(), status.tradingStatus()) != TradingPhase.CLOSED;
    }

    /** A connector that reports no phase still says whether the instrument is trading. */
    private static TradingPhase phase(String word, String tradingStatus) {
        TradingPhase phase = TradingPhase.of(word);
        if (phase != null) {
            return phase;
        }
        return switch (tradingStatus == null ? "Trading" : tradingStatus) {
            case "Trading" -> TradingPhase.TRADING;
            case "PreLaunch" -> TradingPhase.PRE_LAUNCH;
            case "Delivering" -> TradingPhase.DELIVERING;
            case "Closed" -> TradingPhase.CLOSED;
            default -> TradingPhase.HALTED;
        };
    }

    private static BigDecimal decimal(String text) {
        if (text == null || !text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return number.signum() > 0 && number.precision() <= 18 ? number : null;
    }
}
