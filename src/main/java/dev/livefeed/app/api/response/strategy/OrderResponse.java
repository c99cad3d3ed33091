package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.paper.OrderStatus;
import dev.livefeed.app.paper.OrderType;
import dev.livefeed.app.paper.PaperOrder;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/** A paper order. */
public record OrderResponse(
        long id,
        String strategy,
        @JsonUnwrapped InstrumentBody instrument,
        @JsonUnwrapped Terms terms,
        @JsonUnwrapped ExecutionState execution,
        Instant created,
        Instant updated) {

    public record Terms(Side side, OrderType type, BigDecimal qty, BigDecimal price, BigDecimal stopPrice) {}

    public record ExecutionState(
            OrderStatus status, BigDecimal filled, BigDecimal averagePrice, BigDecimal fees, String reason) {}

    public static OrderResponse of(PaperOrder order) {
        return new OrderResponse(
                order.id(),
                order.strategy(),
                InstrumentBody.of(order.instrument()),
                new Terms(order.side(), order.type(), order.qty(), order.price(), order.stopPrice()),
                new ExecutionState(order.status(), order.filled(), order.averagePrice(), order.fees(), order.reason()),
                order.createdMicros() < 0 ? null : Times.instant(order.createdMicros()),
                order.updatedMicros() < 0 ? null : Times.instant(order.updatedMicros()));
    }
}
