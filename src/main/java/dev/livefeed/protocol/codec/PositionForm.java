package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Position;
import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.util.Map;

/** The line of a {@link Position}. */
final class PositionForm extends EventForm<Position> {

    private final Field<Position, Side> side = optional("side", FieldRules.SIDE, Position::side);
    private final Field<Position, BigDecimal> size = required("size", FieldRules.SUM, Position::size);
    private final Field<Position, Long> positionIdx = optional("position_idx", FieldRules.WHOLE, Position::positionIdx);
    private final Field<Position, BigDecimal> entryPrice =
            optional("entry_price", FieldRules.SUM, Position::entryPrice);
    private final Field<Position, BigDecimal> markPrice = optional("mark_price", FieldRules.SUM, Position::markPrice);
    private final Field<Position, BigDecimal> value = optional("value", FieldRules.FIGURE, Position::value);
    private final Field<Position, BigDecimal> leverage = optional("leverage", FieldRules.SUM, Position::leverage);
    private final Field<Position, BigDecimal> liqPrice = optional("liq_price", FieldRules.SUM, Position::liqPrice);
    private final Field<Position, BigDecimal> takeProfit =
            optional("take_profit", FieldRules.SUM, Position::takeProfit);
    private final Field<Position, BigDecimal> stopLoss = optional("stop_loss", FieldRules.SUM, Position::stopLoss);
    private final Field<Position, BigDecimal> unrealisedPnl =
            optional("unrealised_pnl", FieldRules.FIGURE, Position::unrealisedPnl);
    private final Field<Position, BigDecimal> realisedPnl =
            optional("realised_pnl", FieldRules.FIGURE, Position::realisedPnl);
    private final Field<Position, BigDecimal> totalRealisedPnl =
            optional("total_realised_pnl", FieldRules.FIGURE, Position::totalRealisedPnl);
    private final Field<Position, String> status = optional("status", AccountRules.WORD, Position::status);
    private final Field<Position, Long> created = optional("created", FieldRules.TIME, Position::createdMicros);
    private final Field<Position, Long> seq = optional("seq", FieldRules.WHOLE, Position::seq);
    private final Field<Position, Map<String, Object>> raw = optional("raw", AccountRules.RAW, AccountRules::rest);

    PositionForm() {
        super(Position.TYPE, Position.class);
    }

    @Override
    Position event(FieldValues line) throws InvalidEventException {
        if (line.get(side) == null && line.get(size).signum() != 0) {
            throw new InvalidEventException(
                    InvalidReason.BAD_SIDE,
                    "side is missing and size is " + line.get(size).toPlainString()
                            + ", but only a position of size 0 has no side");
        }
        return new Position(
                line.symbol(),
                line.category(),
                line.timestamp(),
                line.get(side),
                line.get(size),
                line.get(positionIdx),
                line.get(entryPrice),
                line.get(markPrice),
                line.get(value),
                line.get(leverage),
                line.get(liqPrice),
                line.get(takeProfit),
                line.get(stopLoss),
                line.get(unrealisedPnl),
                line.get(realisedPnl),
                line.get(totalRealisedPnl),
                line.get(status),
                line.get(created),
                line.get(seq),
                line.get(raw, Map.of()),
                line.receivedAt(),
                line.synthetic());
    }
}
