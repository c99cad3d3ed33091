package dev.livefeed.protocol.status;

/**
 * What the exchange lists of a symbol.
 *
 * @param category product category, or null
 * @param tradingStatus the word of the exchange, only shown, or null
 * @param phase a word of {@link dev.livefeed.protocol.model.TradingPhase}, or null
 * @param tickSize smallest step of the price, or null
 * @param limits steps and limits of an order
 * @param deliveryTime when the instrument ends, or null
 */
public record InstrumentInfo(
        Head head,
        String category,
        String tradingStatus,
        String phase,
        String tickSize,
        OrderBounds limits,
        String deliveryTime,
        Extras extras)
        implements Status {

    public static final String STATUS = "instrument";

    public InstrumentInfo(
            Head head,
            String category,
            String tradingStatus,
            String phase,
            String tickSize,
            OrderBounds limits,
            String deliveryTime) {
        this(head, category, tradingStatus, phase, tickSize, limits, deliveryTime, Extras.NONE);
    }

    /**
     * Steps and limits that the exchange sets for an order, in its own digits; each is null where it names none.
     *
     * @param qtyStep smallest step of a quantity
     * @param minQty least quantity of an order
     * @param maxQty greatest quantity of an order with a price
     * @param maxMarketQty greatest quantity of a market order
     * @param minValue least value of an order
     */
    public record OrderBounds(String qtyStep, String minQty, String maxQty, String maxMarketQty, String minValue) {

        /** Of an instrument of which nothing is known. */
        public static final OrderBounds NONE = new OrderBounds(null, null, null, null, null);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.instrumentInfo(this);
    }
}
