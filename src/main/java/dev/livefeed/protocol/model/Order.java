package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The current state of an order of the account. The same state may arrive twice.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time of the change, microseconds since 1970
 * @param orderId the exchange's id
 * @param orderLinkId the user's own id, or null
 * @param side side of the order
 * @param orderType such as {@code limit} or {@code market}, or null
 * @param status such as {@code new}, {@code partially_filled}, {@code filled}, {@code cancelled} or {@code rejected}
 * @param price limit price, or null
 * @param qty ordered quantity; 0 for the whole position
 * @param filledQty filled quantity
 * @param leavesQty open quantity
 * @param avgPrice average price of the fills, or null
 * @param filledValue value of the fills, or null
 * @param fee fees paid so far, negative for a rebate, or null
 * @param feeCurrency coin of the fee, or null
 * @param triggerPrice trigger price of a conditional order, or null
 * @param timeInForce such as {@code gtc} or {@code post_only}, or null
 * @param reduceOnly whether it may only reduce the position; null if the exchange does not say
 * @param rejectReason why it was rejected, or null
 * @param createdMicros creation time, microseconds since 1970, or null
 * @param raw further fields of the exchange, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Order(
        String symbol,
        String category,
        long timestampMicros,
        String orderId,
        String orderLinkId,
        Side side,
        String orderType,
        String status,
        BigDecimal price,
        BigDecimal qty,
        BigDecimal filledQty,
        BigDecimal leavesQty,
        BigDecimal avgPrice,
        BigDecimal filledValue,
        BigDecimal fee,
        String feeCurrency,
        BigDecimal triggerPrice,
        String timeInForce,
        Boolean reduceOnly,
        String rejectReason,
        Long createdMicros,
        Map<String, Object> raw,
        long receivedAt,
        boolean synthetic)
        implements AccountEvent {

    public static final String TYPE = "order";

    @Override
    public String type() {
        return TYPE;
    }
}
