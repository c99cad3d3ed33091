package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * An order of the account as it stands now. The same state may come twice.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time of the change, microseconds since 1970
 * @param orderId the exchange's id
 * @param orderLinkId the user's own id, or null
 * @param side what the order does
 * @param orderType such as {@code limit} or {@code market}, or null
 * @param status such as {@code new}, {@code partially_filled}, {@code filled}, {@code cancelled} or {@code rejected}
 * @param price limit price, or null where there is none
 * @param qty ordered; 0 where it is the whole position
 * @param filledQty filled so far
 * @param leavesQty still open
 * @param avgPrice of the fills, or null
 * @param filledValue of the fills, or null
 * @param fee paid so far, negative where it was paid to the user, or null
 * @param feeCurrency coin of the fee, or null
 * @param triggerPrice of a conditional order, or null
 * @param timeInForce such as {@code gtc} or {@code post_only}, or null
 * @param reduceOnly may only make the position smaller; null where the exchange does not say
 * @param rejectReason why it was refused, or null
 * @param createdMicros when it was made, microseconds since 1970, or null
 * @param raw whatever else the exchange said of it, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
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
