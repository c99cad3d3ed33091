package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/**
 * A part of an order that was traded.
 *
 * @param fee price times size times rate, exact; above 0 where it is paid
 * @param maker whether the order rested
 * @param atMicros event time
 */
public record Fill(
        long orderId,
        String strategy,
        String symbol,
        Side side,
        BigDecimal price,
        BigDecimal qty,
        BigDecimal fee,
        boolean maker,
        long atMicros) {

    /** What it does to the cash, the fee included. */
    BigDecimal cash() {
        BigDecimal value = price.multiply(qty);
        return (side == Side.BUY ? value.negate() : value).subtract(fee);
    }
}
