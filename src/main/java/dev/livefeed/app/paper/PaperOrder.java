package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The current state of an accepted order. Immutable.
 *
 * @param id counts from 1
 * @param request the order as it was placed
 * @param reason why it ended before it was filled, or null
 * @param createdMicros event time
 * @param updatedMicros event time of the last change
 */
public record PaperOrder(
        long id,
        @JsonUnwrapped OrderRequest request,
        @JsonUnwrapped Fills fills,
        OrderStatus status,
        String reason,
        long createdMicros,
        long updatedMicros) {

    /**
     * The sums of an order's fills.
     *
     * @param filled sum of their quantities
     * @param value sum of price x quantity
     */
    public record Fills(BigDecimal filled, BigDecimal value, BigDecimal fees) {

        private static final Fills NONE = new Fills(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

        private Fills with(Fill fill) {
            return new Fills(
                    filled.add(fill.qty()), value.add(fill.price().multiply(fill.qty())), fees.add(fill.fee()));
        }
    }

    static PaperOrder of(long id, OrderRequest request, long atMicros) {
        return new PaperOrder(id, request, Fills.NONE, OrderStatus.OPEN, null, atMicros, atMicros);
    }

    public String strategy() {
        return request.strategy();
    }

    public String symbol() {
        return request.symbol();
    }

    public InstrumentId instrument() {
        return request.instrument();
    }

    public Side side() {
        return request.side();
    }

    public OrderType type() {
        return request.type();
    }

    public BigDecimal qty() {
        return request.qty();
    }

    /** The price of a limit, post_only or ioc order, else null. */
    public BigDecimal price() {
        return request.price();
    }

    /** The stop price of a stop order, else null. */
    public BigDecimal stopPrice() {
        return request.stopPrice();
    }

    /** Sum of the quantities of its fills. */
    public BigDecimal filled() {
        return fills.filled();
    }

    /** Sum of price x quantity of its fills. */
    public BigDecimal value() {
        return fills.value();
    }

    public BigDecimal fees() {
        return fills.fees();
    }

    /** The quantity that is not filled. */
    @JsonIgnore
    public BigDecimal remaining() {
        return qty().subtract(filled());
    }

    /** Average price of its fills, 12 decimal places; null before the first fill. */
    @JsonIgnore
    public BigDecimal averagePrice() {
        return filled().signum() == 0 ? null : value().divide(filled(), PaperPosition.SCALE, RoundingMode.HALF_EVEN);
    }

    PaperOrder with(Fill fill) {
        Fills sum = fills.with(fill);
        OrderStatus now = sum.filled().compareTo(qty()) == 0 ? OrderStatus.FILLED : status;
        return new PaperOrder(id, request, sum, now, reason, createdMicros, fill.atMicros());
    }

    PaperOrder with(OrderStatus newStatus, String newReason, long atMicros) {
        return new PaperOrder(id, request, fills, newStatus, newReason, createdMicros, atMicros);
    }
}
