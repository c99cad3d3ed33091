package dev.livefeed.app.paper;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/**
 * A fill of an order.
 *
 * @param fee price x quantity x rate, exact; below 0 for a rebate
 * @param maker whether the order was resting
 * @param atMicros event time
 */
public record Fill(
        long orderId,
        @JsonUnwrapped Owner owner,
        Side side,
        BigDecimal price,
        BigDecimal qty,
        BigDecimal fee,
        boolean maker,
        long atMicros) {

    /** The strategy and the symbol whose position a fill changes. */
    public record Owner(String strategy, @JsonProperty("symbol") InstrumentId instrument) {}

    public String strategy() {
        return owner.strategy();
    }

    public InstrumentId instrument() {
        return owner.instrument();
    }

    /** The change of cash, including the fee. */
    BigDecimal cash() {
        BigDecimal value = price.multiply(qty);
        return (side == Side.BUY ? value.negate() : value).subtract(fee);
    }
}
