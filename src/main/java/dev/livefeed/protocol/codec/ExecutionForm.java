package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The line of an {@link Execution}; one that is no trade has {@code trade} false and a kind. */
final class ExecutionForm extends EventForm<Execution> {

    private final Field<Execution, String> id = required("id", AccountRules.ID, Execution::id);
    private final Field<Execution, Boolean> trade =
            optional("trade", FieldRules.FLAG, e -> e.trade() ? null : Boolean.FALSE);
    private final Field<Execution, String> kind = optional("kind", AccountRules.WORD, Execution::kind);
    private final Field<Execution, String> orderId = optional("order_id", AccountRules.ID, Execution::orderId);
    private final Field<Execution, String> orderLinkId =
            optional("order_link_id", AccountRules.ID, Execution::orderLinkId);
    private final Field<Execution, Side> side = optional("side", FieldRules.SIDE, Execution::side);
    private final Field<Execution, BigDecimal> price = optional("price", FieldRules.SUM, Execution::price);
    private final Field<Execution, BigDecimal> qty = optional("qty", FieldRules.SUM, Execution::qty);
    private final Field<Execution, BigDecimal> value = optional("value", FieldRules.FIGURE, Execution::value);
    private final Field<Execution, BigDecimal> fee = optional("fee", FieldRules.FIGURE, Execution::fee);
    private final Field<Execution, BigDecimal> feeRate = optional("fee_rate", FieldRules.FIGURE, Execution::feeRate);
    private final Field<Execution, String> feeCurrency =
            optional("fee_currency", AccountRules.COIN, Execution::feeCurrency);
    private final Field<Execution, Boolean> maker = optional("is_maker", FieldRules.FLAG, Execution::maker);
    private final Field<Execution, String> execType = optional("exec_type", AccountRules.WORD, Execution::execType);
    private final Field<Execution, String> orderType = optional("order_type", AccountRules.WORD, Execution::orderType);
    private final Field<Execution, BigDecimal> orderPrice =
            optional("order_price", FieldRules.SUM, Execution::orderPrice);
    private final Field<Execution, BigDecimal> orderQty = optional("order_qty", FieldRules.SUM, Execution::orderQty);
    private final Field<Execution, BigDecimal> leavesQty = optional("leaves_qty", FieldRules.SUM, Execution::leavesQty);
    private final Field<Execution, BigDecimal> closedSize =
            optional("closed_size", FieldRules.SUM, Execution::closedSize);
    private final Field<Execution, BigDecimal> pnl = optional("pnl", FieldRules.FIGURE, Execution::pnl);
    private final Field<Execution, Long> seq = optional("seq", FieldRules.WHOLE, Execution::seq);
    private final Field<Execution, Boolean> fast =
            optional("fast", FieldRules.FLAG, e -> e.fast() ? Boolean.TRUE : null);
    private final Field<Execution, Map<String, Object>> raw = optional("raw", AccountRules.RAW, AccountRules::rest);

    ExecutionForm() {
        super(Execution.TYPE, Execution.class);
    }

    @Override
    List<String> eventTypes() {
        return List.of(Execution.TYPE, Execution.BOOKING);
    }

    @Override
    Execution event(FieldValues line) throws InvalidEventException {
        String booked = kindOf(line);
        if (booked == null) {
            for (Field<Execution, ?> field : List.of(orderId, side, price, qty)) {
                if (line.get(field) == null) {
                    throw new InvalidEventException(InvalidReason.MISSING_FIELD, field.name() + " is missing");
                }
            }
        }
        return new Execution(
                line.symbol(),
                line.category(),
                line.timestamp(),
                line.get(id),
                booked,
                line.get(orderId),
                line.get(orderLinkId),
                line.get(side),
                line.get(price),
                line.get(qty),
                line.get(value),
                line.get(fee),
                line.get(feeRate),
                line.get(feeCurrency),
                line.get(maker),
                line.get(execType),
                line.get(orderType),
                line.get(orderPrice),
                line.get(orderQty),
                line.get(leavesQty),
                line.get(closedSize),
                line.get(pnl),
                line.get(seq),
                line.get(fast, false),
                line.get(raw, Map.of()),
                line.receivedAt(),
                line.synthetic());
    }

    /** Null for a trade. */
    private String kindOf(FieldValues line) throws InvalidEventException {
        String given = line.get(kind);
        if (!line.get(trade, given == null)) {
            return given == null ? "other" : given;
        }
        if (given != null) {
            throw new InvalidEventException(
                    InvalidReason.BAD_FIELD, "kind is \"" + given + "\", but trade is true; a trade has no kind");
        }
        return null;
    }
}
