package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Ticker;
import dev.livefeed.protocol.model.TickerFigure;
import dev.livefeed.protocol.model.TickerFigures;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/** The line of a {@link Ticker}: one field per figure; absent figures are omitted. */
final class TickerForm extends EventForm<Ticker> {

    private final Map<TickerFigure, Field<Ticker, BigDecimal>> figures = new EnumMap<>(TickerFigure.class);
    private final Field<Ticker, Long> nextFunding;
    private final Field<Ticker, Long> seq;

    TickerForm() {
        super(Ticker.TYPE, Ticker.class);
        for (TickerFigure figure : TickerFigure.values()) {
            figures.put(figure, optional(figure.toString(), rule(figure), ticker -> ticker.figure(figure)));
        }
        nextFunding = optional(
                "next_funding_time",
                FieldRules.TIME_AHEAD,
                ticker -> ticker.nextFundingMicros() < 0 ? null : ticker.nextFundingMicros());
        seq = optional("seq", FieldRules.WHOLE, ticker -> ticker.seq() < 0 ? null : ticker.seq());
    }

    private static FieldRule<BigDecimal> rule(TickerFigure figure) {
        return switch (figure.kind()) {
            case PRICE -> FieldRules.PRICE;
            case QTY_OR_ZERO -> FieldRules.QTY_OR_ZERO;
            case SUM -> FieldRules.SUM;
            case FIGURE -> FieldRules.FIGURE;
        };
    }

    @Override
    Ticker event(FieldValues line) throws InvalidEventException {
        TickerFigures.Builder told = new TickerFigures.Builder();
        figures.forEach((figure, field) -> told.set(figure, line.get(field)));
        TickerFigures built = told.build();
        if (built.isEmpty()) {
            throw new InvalidEventException(
                    InvalidReason.MISSING_FIELD,
                    "the ticker tells no figure; at least one must be there, such as last_price");
        }
        return new Ticker(
                line.instrument(),
                line.timestamp(),
                built,
                line.get(nextFunding, -1L),
                line.get(seq, -1L),
                line.receivedAt(),
                line.synthetic());
    }
}
