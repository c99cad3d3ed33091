package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.paper.Fill;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Fills of paper orders, newest first. */
public record FillsResponse(List<Item> fills) {

    /** @param maker whether the order was resting */
    public record Item(
            long order,
            String strategy,
            @JsonUnwrapped InstrumentBody instrument,
            Side side,
            @JsonUnwrapped Quantities amounts,
            boolean maker,
            Instant ts) {}

    /** @param fee negative for a rebate */
    public record Quantities(BigDecimal price, BigDecimal qty, BigDecimal fee) {}

    public static Item item(Fill fill) {
        return new Item(
                fill.orderId(),
                fill.strategy(),
                InstrumentBody.of(fill.instrument()),
                fill.side(),
                new Quantities(fill.price(), fill.qty(), fill.fee()),
                fill.maker(),
                fill.atMicros() < 0 ? null : Times.instant(fill.atMicros()));
    }
}
