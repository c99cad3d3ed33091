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
 * @param tradingStatus the word of the exchange, or null
 * @param phase phase of its life; {@code TRADING} unless the connector reports another
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
                phase(status.phase()),
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
                TradingPhase.TRADING,
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
    public String warning() {
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

    /** Whether the status shows that an instrument that had ended is listed again: in a phase that says so. */
    public static boolean listedAgain(InstrumentInfo status) {
        TradingPhase phase = TradingPhase.of(status.phase());
        return phase != null && phase != TradingPhase.CLOSED;
    }

    /** Only a phase says that an instrument is not trading; the exchange's own word is shown, and never compared. */
    private static TradingPhase phase(String word) {
        TradingPhase phase = TradingPhase.of(word);
        return phase == null ? TradingPhase.TRADING : phase;
    }

    private static BigDecimal decimal(String text) {
        if (text == null || !text.matches("\\d{1,15}(\\.\\d{1,18})?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return number.signum() > 0 && number.precision() <= 18 ? number : null;
    }
}
