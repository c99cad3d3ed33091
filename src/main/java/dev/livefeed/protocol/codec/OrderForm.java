package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Order;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.Map;

/** The line of an {@link Order}. */
final class OrderForm extends EventForm<Order> {

    private final Field<Order, String> orderId = required("order_id", AccountRules.ID, Order::orderId);
    private final Field<Order, String> orderLinkId = optional("order_link_id", AccountRules.ID, Order::orderLinkId);
    private final Field<Order, Side> side = required("side", FieldRules.SIDE, Order::side);
    private final Field<Order, String> orderType = optional("order_type", AccountRules.WORD, Order::orderType);
    private final Field<Order, String> status = required("status", AccountRules.WORD, Order::status);
    private final Field<Order, BigDecimal> price = optional("price", FieldRules.SUM, Order::price);
    private final Field<Order, BigDecimal> qty = required("qty", FieldRules.SUM, Order::qty);
    private final Field<Order, BigDecimal> filledQty = optional("filled_qty", FieldRules.SUM, Order::filledQty);
    private final Field<Order, BigDecimal> leavesQty = optional("leaves_qty", FieldRules.SUM, Order::leavesQty);
    private final Field<Order, BigDecimal> avgPrice = optional("avg_price", FieldRules.SUM, Order::avgPrice);
    private final Field<Order, BigDecimal> filledValue = optional("filled_value", FieldRules.SUM, Order::filledValue);
    private final Field<Order, BigDecimal> fee = optional("fee", FieldRules.FIGURE, Order::fee);
    private final Field<Order, String> feeCurrency = optional("fee_currency", AccountRules.COIN, Order::feeCurrency);
    private final Field<Order, BigDecimal> triggerPrice =
            optional("trigger_price", FieldRules.SUM, Order::triggerPrice);
    private final Field<Order, String> timeInForce = optional("time_in_force", AccountRules.WORD, Order::timeInForce);
    private final Field<Order, Boolean> reduceOnly = optional("reduce_only", FieldRules.FLAG, Order::reduceOnly);
    private final Field<Order, String> rejectReason = optional("reject_reason", AccountRules.WORD, Order::rejectReason);
    private final Field<Order, Long> created = optional("created", FieldRules.TIME, Order::createdMicros);
    private final Field<Order, Map<String, Object>> raw = optional("raw", AccountRules.RAW, AccountRules::rest);

    OrderForm() {
        super(Order.TYPE, Order.class);
    }

    @Override
    Order event(FieldValues line) {
        return new Order(
                line.symbol(),
                line.category(),
                line.timestamp(),
                line.get(orderId),
                line.get(orderLinkId),
                line.get(side),
                line.get(orderType),
                line.get(status),
                line.get(price),
                line.get(qty),
                line.get(filledQty),
                line.get(leavesQty),
                line.get(avgPrice),
                line.get(filledValue),
                line.get(fee),
                line.get(feeCurrency),
                line.get(triggerPrice),
                line.get(timeInForce),
                line.get(reduceOnly),
                line.get(rejectReason),
                line.get(created),
                line.get(raw, Map.of()),
                line.receivedAt(),
                line.synthetic());
    }
}
