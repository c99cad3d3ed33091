package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.RiskEvent.AdlAlert;
import dev.livefeed.protocol.model.RiskEvent.InsurancePool;
import dev.livefeed.protocol.model.RiskEvent.PriceLimit;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.List;

/** The lines about risk: liquidations, auto-deleveraging, insurance pools and price limits. */
final class RiskForms {

    private RiskForms() {}

    static List<EventForm<?>> all() {
        return List.of(new Liquidations(), new AdlAlerts(), new InsurancePools(), new PriceLimits());
    }

    /**
     * The line of a {@link Liquidation}. It contains both the side of the order and the direction of the position, to
     * avoid ambiguity.
     */
    private static final class Liquidations extends EventForm<Liquidation> {

        private final Field<Liquidation, BigDecimal> price = required("price", FieldRules.PRICE, Liquidation::price);
        private final Field<Liquidation, BigDecimal> qty = required("qty", FieldRules.QTY, Liquidation::qty);
        private final Field<Liquidation, Side> side = required("side", FieldRules.SIDE, Liquidation::side);
        private final Field<Liquidation, Liquidation.PositionSide> position =
                optional("position", FieldRules.word(Liquidation.PositionSide.class), Liquidation::position);

        Liquidations() {
            super(Liquidation.TYPE, Liquidation.class);
        }

        @Override
        Liquidation event(FieldValues line) throws InvalidEventException {
            Liquidation.PositionSide closed = line.get(position);
            if (closed != null && closed.closedBy() != line.get(side)) {
                throw new InvalidEventException(
                        InvalidReason.BAD_SIDE,
                        "side is " + line.get(side) + " and position is " + closed
                                + ", but side is that of the order, and a long position is closed by selling");
            }
            return new Liquidation(
                    line.instrument(),
                    line.timestamp(),
                    line.get(price),
                    line.get(qty),
                    line.get(side),
                    line.receivedAt(),
                    line.synthetic());
        }
    }

    /** The line of an {@link AdlAlert}. It says whether ADL is triggered, which the figures only imply. */
    private static final class AdlAlerts extends EventForm<AdlAlert> {

        private final Field<AdlAlert, String> coin =
                required("coin", AccountRules.COIN, event -> event.figures().coin());
        private final Field<AdlAlert, BigDecimal> balance =
                required("balance", FieldRules.FIGURE, event -> event.figures().balance());
        private final Field<AdlAlert, BigDecimal> drawdown =
                optional("drawdown", FieldRules.FIGURE, event -> event.figures().drawdown());
        private final Field<AdlAlert, BigDecimal> triggerDrawdown = optional(
                "trigger_drawdown", FieldRules.FIGURE, event -> event.figures().triggerDrawdown());
        private final Field<AdlAlert, BigDecimal> stopDrawdown = optional(
                "stop_drawdown", FieldRules.FIGURE, event -> event.figures().stopDrawdown());
        private final Field<AdlAlert, BigDecimal> triggerBalance = optional(
                "trigger_balance", FieldRules.FIGURE, event -> event.figures().triggerBalance());

        AdlAlerts() {
            super(AdlAlert.TYPE, AdlAlert.class);
            optional("triggered", FieldRules.FLAG, AdlAlert::triggered);
        }

        @Override
        AdlAlert event(FieldValues line) {
            AdlAlert.Figures figures = new AdlAlert.Figures(
                    line.get(coin),
                    line.get(balance),
                    line.get(drawdown),
                    line.get(triggerDrawdown),
                    line.get(stopDrawdown),
                    line.get(triggerBalance));
            return new AdlAlert(line.instrument(), line.timestamp(), figures, line.receivedAt(), line.synthetic());
        }
    }

    /** The line of an {@link InsurancePool}. */
    private static final class InsurancePools extends EventForm<InsurancePool> {

        private final Field<InsurancePool, String> coin = required("coin", AccountRules.COIN, InsurancePool::coin);
        private final Field<InsurancePool, BigDecimal> balance =
                required("balance", FieldRules.FIGURE, InsurancePool::balance);
        private final Field<InsurancePool, Long> sharedBy =
                optional("shared_by", FieldRules.WHOLE, InsurancePool::sharedBy);

        InsurancePools() {
            super(InsurancePool.TYPE, InsurancePool.class);
        }

        @Override
        InsurancePool event(FieldValues line) {
            return new InsurancePool(
                    line.instrument(),
                    line.timestamp(),
                    line.get(coin),
                    line.get(balance),
                    Math.max(1, line.get(sharedBy, 1L)),
                    line.receivedAt(),
                    line.synthetic());
        }
    }

    /** The line of a {@link PriceLimit}. */
    private static final class PriceLimits extends EventForm<PriceLimit> {

        private final Field<PriceLimit, BigDecimal> highestBid =
                required("highest_bid", FieldRules.PRICE, PriceLimit::highestBid);
        private final Field<PriceLimit, BigDecimal> lowestAsk =
                required("lowest_ask", FieldRules.PRICE, PriceLimit::lowestAsk);

        PriceLimits() {
            super(PriceLimit.TYPE, PriceLimit.class);
        }

        @Override
        PriceLimit event(FieldValues line) {
            return new PriceLimit(
                    line.instrument(),
                    line.timestamp(),
                    line.get(highestBid),
                    line.get(lowestAsk),
                    line.receivedAt(),
                    line.synthetic());
        }
    }
}
