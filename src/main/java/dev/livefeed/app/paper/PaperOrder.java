package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An order that was accepted, as it stands now. Immutable.
 *
 * @param id counts from 1
 * @param filled sum of the sizes of its fills
 * @param value sum of price times size of its fills
 * @param reason why it ended unfilled, or null
 * @param createdMicros event time
 * @param updatedMicros event time of the last change
 */
public record PaperOrder(
        long id,
        String strategy,
        String symbol,
        Side side,
        OrderType type,
        BigDecimal qty,
        BigDecimal price,
        BigDecimal stopPrice,
        BigDecimal filled,
        BigDecimal value,
        BigDecimal fees,
        OrderStatus status,
        String reason,
        long createdMicros,
        long updatedMicros) {

    static PaperOrder of(long id, OrderRequest request, long atMicros) {
        return new PaperOrder(
                id,
                request.strategy(),
                request.symbol(),
                request.side(),
                request.type(),
                request.qty(),
                request.price(),
                request.stopPrice(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                OrderStatus.OPEN,
                null,
                atMicros,
                atMicros);
    }

    /** What is not filled. */
    @JsonIgnore
    public BigDecimal remaining() {
        return qty.subtract(filled);
    }

    /** Mean price of its fills, 12 digits; null before the first. */
    @JsonIgnore
    public BigDecimal averagePrice() {
        return filled.signum() == 0 ? null : value.divide(filled, PaperPosition.SCALE, RoundingMode.HALF_EVEN);
    }

    PaperOrder with(Fill fill) {
        BigDecimal sum = filled.add(fill.qty());
        return new PaperOrder(
                id,
                strategy,
                symbol,
                side,
                type,
                qty,
                price,
                stopPrice,
                sum,
                value.add(fill.price().multiply(fill.qty())),
                fees.add(fill.fee()),
                sum.compareTo(qty) == 0 ? OrderStatus.FILLED : status,
                reason,
                createdMicros,
                fill.atMicros());
    }

    PaperOrder with(OrderStatus newStatus, String why, long atMicros) {
        return new PaperOrder(
                id,
                strategy,
                symbol,
                side,
                type,
                qty,
                price,
                stopPrice,
                filled,
                value,
                fees,
                newStatus,
                why,
                createdMicros,
                atMicros);
    }
}
