package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A fill of an order of the account, or another booking of the exchange such as funding. Told once.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time, microseconds since 1970
 * @param id unique within (category, symbol); that of the public trade
 * @param orderId the exchange's id of the order
 * @param orderLinkId the user's own id of the order, or null
 * @param side what the account did
 * @param price at which
 * @param qty how much
 * @param value price by quantity in the exchange's own terms, or null
 * @param fee paid, negative where it was paid to the user, or null
 * @param feeRate part of the value, or null
 * @param feeCurrency coin of the fee, or null
 * @param maker whether the account's order rested in the book; null where the exchange does not say
 * @param execType such as {@code trade}, {@code funding}, {@code bust_trade} or {@code settle}, or null
 * @param orderType of the order, such as {@code limit}, or null
 * @param orderPrice of the order, or null
 * @param orderQty of the order, or null
 * @param leavesQty still open of the order, or null
 * @param closedSize how much of a position it closed, or null
 * @param pnl profit or loss it realised, or null
 * @param seq the exchange's cross sequence, or null
 * @param fast told before its other fields were known
 * @param raw whatever else the exchange said of it, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Execution(
        String symbol,
        String category,
        long timestampMicros,
        String id,
        String orderId,
        String orderLinkId,
        Side side,
        BigDecimal price,
        BigDecimal qty,
        BigDecimal value,
        BigDecimal fee,
        BigDecimal feeRate,
        String feeCurrency,
        Boolean maker,
        String execType,
        String orderType,
        BigDecimal orderPrice,
        BigDecimal orderQty,
        BigDecimal leavesQty,
        BigDecimal closedSize,
        BigDecimal pnl,
        Long seq,
        boolean fast,
        Map<String, Object> raw,
        long receivedAt,
        boolean synthetic)
        implements AccountEvent {

    public static final String TYPE = "execution";

    @Override
    public String type() {
        return TYPE;
    }
}
