package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A row of the exchange's executions. Sent once. Without a kind it is a trade of one of the account's orders, an
 * event of type {@code execution}. With a kind it is no trade but another booking, an event of type {@code booking}:
 * funding, settlement, delivery, or a forced or agreed change of a position. A booking needs no order, side, price or
 * quantity.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time, microseconds since 1970
 * @param id unique within (category, symbol); that of the public trade
 * @param kind null for a trade, else {@code funding}, {@code settlement}, {@code delivery}, {@code adl}, {@code bust},
 *     {@code block}, {@code move}, {@code spread}, {@code corporate_action} or {@code other}
 * @param orderId the exchange's id of the order
 * @param orderLinkId the user's own id of the order, or null
 * @param side side of the account
 * @param price price of the fill
 * @param qty quantity of the fill
 * @param value value as the exchange computes it, or null
 * @param fee fee paid, negative for a rebate, or null
 * @param feeRate fee as a share of the value, or null
 * @param feeCurrency coin of the fee, or null
 * @param maker whether the account's order was resting; null if the exchange does not say
 * @param execType the exchange's word, {@code trade} for a trade, or null
 * @param orderType type of the order, such as {@code limit}, or null
 * @param orderPrice price of the order, or null
 * @param orderQty quantity of the order, or null
 * @param leavesQty open quantity of the order, or null
 * @param closedSize position size closed by it, or null
 * @param pnl realised profit or loss, or null
 * @param seq the exchange's cross sequence, or null
 * @param fast whether it was sent before its other fields were known
 * @param raw further fields of the exchange, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Execution(
        String symbol,
        String category,
        long timestampMicros,
        String id,
        String kind,
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
    public static final String BOOKING = "booking";

    /** Whether it is a trade of an order. */
    public boolean trade() {
        return kind == null;
    }

    @Override
    public String type() {
        return trade() ? TYPE : BOOKING;
    }

    @Override
    public String lineType() {
        return TYPE;
    }
}
