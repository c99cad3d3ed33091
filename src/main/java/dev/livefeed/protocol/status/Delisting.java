package dev.livefeed.protocol.status;

import dev.livefeed.protocol.status.InstrumentInfo.OrderBounds;

/**
 * The exchange takes a symbol from its list.
 *
 * @param category product category, or null
 * @param tradingStatus as in {@link InstrumentInfo}, or null
 * @param tickSize as in {@link InstrumentInfo}, or null
 * @param limits steps and limits of an order
 * @param deliveryTime when the instrument ends, or null
 */
public record Delisting(
        Head head,
        String category,
        String tradingStatus,
        String tickSize,
        OrderBounds limits,
        String deliveryTime,
        Extras extras)
        implements Status {

    public static final String STATUS = "delisting";

    public Delisting(
            Head head,
            String category,
            String tradingStatus,
            String tickSize,
            OrderBounds limits,
            String deliveryTime) {
        this(head, category, tradingStatus, tickSize, limits, deliveryTime, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.delisting(this);
    }
}
