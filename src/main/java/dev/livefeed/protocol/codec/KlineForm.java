package dev.livefeed.protocol.codec;

import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import java.math.BigDecimal;

/** The line of a {@link Kline}. */
final class KlineForm extends EventForm<Kline> {

    private final Field<Kline, KlineInterval> interval =
            required("interval", FieldRules.word(KlineInterval.class, KlineInterval::toString), Kline::interval);
    private final Field<Kline, Long> start = required("start", FieldRules.TIME, Kline::startMicros);
    private final Field<Kline, Long> end = required("end", FieldRules.TIME_AHEAD, Kline::endMicros);
    private final Field<Kline, BigDecimal> open = required("open", FieldRules.PRICE, Kline::open);
    private final Field<Kline, BigDecimal> high = required("high", FieldRules.PRICE, Kline::high);
    private final Field<Kline, BigDecimal> low = required("low", FieldRules.PRICE, Kline::low);
    private final Field<Kline, BigDecimal> close = required("close", FieldRules.PRICE, Kline::close);
    private final Field<Kline, BigDecimal> volume = required("volume", FieldRules.SUM, Kline::volume);
    private final Field<Kline, BigDecimal> turnover = optional("turnover", FieldRules.SUM, Kline::turnover);
    private final Field<Kline, Boolean> closed = required("closed", FieldRules.FLAG, Kline::closed);
    private final Field<Kline, Boolean> correction =
            optional("correction", FieldRules.FLAG, kline -> kline.correction() ? Boolean.TRUE : null);

    KlineForm() {
        super(Kline.TYPE, Kline.class);
    }

    @Override
    Kline event(FieldValues line) throws InvalidEventException {
        if (line.get(end) <= line.get(start)) {
            throw new InvalidEventException(InvalidReason.BAD_FIELD, "end is not after start");
        }
        if (!Kline.sound(line.get(open), line.get(high), line.get(low), line.get(close))) {
            throw new InvalidEventException(
                    InvalidReason.BAD_PRICE,
                    "high is " + line.get(high).toPlainString() + " and low is "
                            + line.get(low).toPlainString() + ", but open is "
                            + line.get(open).toPlainString() + " and close is "
                            + line.get(close).toPlainString() + ", which must lie between them");
        }
        return new Kline(
                line.instrument(),
                line.timestamp(),
                line.get(interval),
                line.get(start),
                line.get(end),
                line.get(open),
                line.get(high),
                line.get(low),
                line.get(close),
                line.get(volume),
                line.get(turnover),
                line.get(closed),
                line.get(correction, false),
                line.receivedAt(),
                line.synthetic());
    }
}
