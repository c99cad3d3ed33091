package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the exchange asks of an order's numbers; each is null where it is not known, and not asked for then.
 *
 * @param tickSize prices are multiples of it
 * @param qtyStep sizes are multiples of it
 * @param maxQty of an order with a price
 * @param maxMarketQty of an order that takes at any price
 * @param minValue price times size
 */
public record OrderRules(
        BigDecimal tickSize,
        BigDecimal qtyStep,
        BigDecimal minQty,
        BigDecimal maxQty,
        BigDecimal maxMarketQty,
        BigDecimal minValue) {

    /** Nothing is known. */
    public static final OrderRules NONE = new OrderRules(null, null, null, null, null, null);

    /**
     * Which rule the order breaks, or null.
     *
     * @param reference the price it is valued at
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
            return "qty must be at least " + plain(minQty) + ", as the exchange has it";
        }
        BigDecimal most = request.type().priced() ? maxQty : maxMarketQty;
        if (most != null && request.qty().compareTo(most) > 0) {
            return "qty must be at most " + plain(most) + ", as the exchange has it";
        }
        BigDecimal value = request.qty().multiply(reference);
        if (minValue != null && value.compareTo(minValue) < 0) {
            return "the order is worth " + plain(value) + ", the exchange takes none below " + plain(minValue);
        }
        return null;
    }

    private static boolean offGrid(BigDecimal number, BigDecimal step) {
        return number != null && step != null && number.remainder(step).signum() != 0;
    }

    /**
     * The order with its size cut to whole steps and its price brought to the grid, never to a worse one than asked.
     */
    OrderRequest fitted(OrderRequest request) {
        RoundingMode price = request.side() == Side.BUY ? RoundingMode.FLOOR : RoundingMode.CEILING;
        return new OrderRequest(
                request.strategy(),
                request.symbol(),
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
