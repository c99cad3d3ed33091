package dev.livefeed.app.strategy;

import dev.livefeed.app.paper.Signal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** Creates signals from moments. Strategy routes call this bean before they send to {@code direct:signals}. */
public final class Signals {

    /** Buys a quantity at the market. */
    public Signal buy(Moment moment, BigDecimal quantity, BigDecimal confidence, String reason) {
        return signal(moment, Signal.BUY, quantity, null, "market", confidence, reason);
    }

    /** Sells a quantity at the market. */
    public Signal sell(Moment moment, BigDecimal quantity, BigDecimal confidence, String reason) {
        return signal(moment, Signal.SELL, quantity, null, "market", confidence, reason);
    }

    /** Buys for an amount of the quote currency at the market; the quantity is rounded down to three digits. */
    public Signal buyFor(Moment moment, BigDecimal amount, BigDecimal confidence, String reason) {
        return buy(moment, quantityFor(moment, amount), confidence, reason);
    }

    /** Sells for an amount of the quote currency at the market; the quantity is rounded down to three digits. */
    public Signal sellFor(Moment moment, BigDecimal amount, BigDecimal confidence, String reason) {
        return sell(moment, quantityFor(moment, amount), confidence, reason);
    }

    private static BigDecimal quantityFor(Moment moment, BigDecimal amount) {
        if (moment.price() == null) {
            throw new IllegalStateException(
                    "no price of " + moment.instrument() + " is known; the quantity cannot be computed");
        }
        BigDecimal size = amount.divide(moment.price(), new MathContext(3, RoundingMode.DOWN));
        return size.scale() < 0 ? size.setScale(0) : size;
    }

    /** Buys a quantity with an order of type limit, post_only or ioc. */
    public Signal buyAt(
            Moment moment, BigDecimal quantity, BigDecimal price, String type, BigDecimal confidence, String reason) {
        return signal(moment, Signal.BUY, quantity, price, type, confidence, reason);
    }

    /** Sells a quantity with an order of type limit, post_only or ioc. */
    public Signal sellAt(
            Moment moment, BigDecimal quantity, BigDecimal price, String type, BigDecimal confidence, String reason) {
        return signal(moment, Signal.SELL, quantity, price, type, confidence, reason);
    }

    /** Closes this strategy's position at the market. */
    public Signal close(Moment moment, String reason) {
        return signal(moment, Signal.CLOSE, null, null, "market", null, reason);
    }

    private static Signal signal(
            Moment moment,
            String type,
            BigDecimal quantity,
            BigDecimal price,
            String orderType,
            BigDecimal confidence,
            String reason) {
        return new Signal(
                moment.strategy(),
                moment.instrument(),
                moment.timestampMicros(),
                type,
                confidence,
                new Signal.Terms(price == null ? moment.price() : price, quantity, orderType),
                Map.of("reason", reason));
    }
}
