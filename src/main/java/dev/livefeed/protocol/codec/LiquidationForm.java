package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;

/**
 * The line of a {@link Liquidation}. It contains both the side of the order and the direction of the position, to avoid
 * ambiguity.
 */
final class LiquidationForm extends EventForm<Liquidation> {

    private final Field<Liquidation, BigDecimal> price = required("price", FieldRules.PRICE, Liquidation::price);
    private final Field<Liquidation, BigDecimal> qty = required("qty", FieldRules.QTY, Liquidation::qty);
    private final Field<Liquidation, Side> side = required("side", FieldRules.SIDE, Liquidation::side);
    private final Field<Liquidation, Liquidation.Position> position =
            optional("position", FieldRules.word(Liquidation.Position.class), Liquidation::position);

    LiquidationForm() {
        super(Liquidation.TYPE, Liquidation.class);
    }

    @Override
    Liquidation event(FieldValues line) throws InvalidEventException {
        Liquidation.Position closed = line.get(position);
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
