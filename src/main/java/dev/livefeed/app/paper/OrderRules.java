package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The exchange's rules for an order's numbers; a rule that is null is not checked.
 *
 * @param tickSize prices must be a multiple of it
 * @param qtyStep quantities must be a multiple of it
 * @param maxQty maximum quantity of an order with a price
 * @param maxMarketQty maximum quantity of a market order
 * @param minValue minimum of price x quantity
 */
public record OrderRules(
        BigDecimal tickSize,
        BigDecimal qtyStep,
        BigDecimal minQty,
        BigDecimal maxQty,
        BigDecimal maxMarketQty,
        BigDecimal minValue) {

    /** No rules. */
    public static final OrderRules NONE = new OrderRules(null, null, null, null, null, null);

    /**
     * Returns the rule that the order breaks, or null.
     *
     * @param reference the price at which the order is valued
     */
    String fault(OrderRequest request, BigDecimal reference) {
        String price = offGrid(request.price(), tickSize) ? "price" : null;
        String off = offGrid(request.stopPrice(), tickSize) ? "stop_price" : price;
        if (off != null) {
            return off + " must be a multiple of the tick size " + plain(tickSize);
        }
        if (offGrid(request.qty(), qtyStep)) {
            return "qty must be a multiple of the exchange's step " + plain(qtyStep);
        }
        if (minQty != null && request.qty().compareTo(minQty) < 0) {
            return "qty must be at least " + plain(minQty) + ", the exchange's minimum";
        }
        BigDecimal max = request.type().priced() ? maxQty : maxMarketQty;
        if (max != null && request.qty().compareTo(max) > 0) {
            return "qty must be at most " + plain(max) + ", the exchange's maximum";
        }
        BigDecimal value = request.qty().multiply(reference);
        if (minValue != null && value.compareTo(minValue) < 0) {
            return "the order is worth " + plain(value) + ", below the exchange's minimum of " + plain(minValue);
        }
        return null;
    }

    private static boolean offGrid(BigDecimal number, BigDecimal step) {
        return number != null && step != null && number.remainder(step).signum() != 0;
    }

    /**
     * Returns the order with its quantity rounded down to whole steps and its price rounded to the tick size, never to
     * a worse price.
     */
    OrderRequest fitted(OrderRequest request) {
        RoundingMode price = request.side() == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING;
        return new OrderRequest(
                request.strategy(),
                request.instrument(),
                request.side(),
                request.type(),
                onGrid(request.qty(), qtyStep, RoundingMode.FLOOR),
                onGrid(request.price(), tickSize, price),
                request.stopPrice());
    }

    private static BigDecimal onGrid(BigDecimal number, BigDecimal step, RoundingMode rounding) {
        return offGrid(number, step) ? number.divide(step, 0, rounding).multiply(step) : number;
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
