package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.Interval;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;

/** A candle topic: the open candle every second, and each candle once as confirmed when it closes. */
final class CandlePublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 1000;

    private final SimulatedMarket market;
    private final Interval interval;
    private long openStart;

    CandlePublisher(StreamTopic topic, SimulatedMarket market) {
        super(topic, PUSH_MILLIS);
        this.market = market;
        this.interval = topic.interval();
    }

    @Override
    protected void activate(long now) {
        openStart = interval.floor(now);
    }

    @Override
    protected TextFrame snapshot(long now) {
        return frame(openStart, false, now);
    }

    @Override
    protected void publish(long now) {
        long start = interval.floor(now);
        if (start > openStart) {
            push(frame(openStart, true, now));
        }
        openStart = start;
        push(frame(start, false, now));
    }

    private TextFrame frame(long start, boolean confirmed, long now) {
        BuiltCandle candle = market.candles().at(interval, start, now);
        Instrument instrument = market.instrument();
        AsciiText frame = new AsciiText(320).add("{\"topic\":\"").add(topic().text());
        frame.add("\",\"data\":[{\"start\":").add(start).add(",\"end\":").add(interval.next(start) - 1);
        frame.add(",\"interval\":\"").add(interval.id());
        frame.add("\",\"open\":\"").add(instrument.priceText(candle.open()));
        frame.add("\",\"close\":\"").add(instrument.priceText(candle.close()));
        frame.add("\",\"high\":\"").add(instrument.priceText(candle.high()));
        frame.add("\",\"low\":\"").add(instrument.priceText(candle.low()));
        frame.add("\",\"volume\":\"").add(instrument.lot().text(candle.lots(), true));
        frame.add("\",\"turnover\":\"").add(DecimalText.decimal(candle.turnover(), 8));
        frame.add("\",\"confirm\":")
                .add(Boolean.toString(confirmed))
                .add(",\"timestamp\":")
                .add(now);
        frame.add("}],\"ts\":").add(now).add(",\"type\":\"snapshot\"}");
        return TextFrame.of(frame);
    }
}
