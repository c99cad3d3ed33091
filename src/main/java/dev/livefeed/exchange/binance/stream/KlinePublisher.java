package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.BuiltCandle;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.Interval;
import dev.livefeed.exchange.wire.AsciiText;

/** The open candle at regular intervals, and each candle once as closed; those of a second only when closed. */
final class KlinePublisher extends BinancePublisher {

    /** More are left out, as after a jump of the clock. */
    private static final int MAX_CLOSED = 60;

    private final Interval interval;
    private final String word;
    private long openStart;

    KlinePublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
        interval = stream.interval();
        word = stream.text().substring(stream.text().indexOf('_') + 1);
    }

    @Override
    protected void activate(long now) {
        openStart = interval.floor(now);
    }

    @Override
    protected void publish(long now) {
        long start = interval.floor(now);
        for (int sent = 0; openStart < start && sent < MAX_CLOSED; sent++) {
            send(openStart, true, now);
            openStart = interval.next(openStart);
        }
        openStart = start;
        if (interval != Interval.S1) {
            send(start, false, now);
        }
    }

    private void send(long start, boolean closed, long now) {
        BuiltCandle candle = data().market().candles().at(interval, start, now);
        String turnover = DecimalText.padded(candle.turnover(), 8);
        String half = DecimalText.padded(candle.turnover() / 2, 8);
        AsciiText event = event("kline", now).add(",\"k\":{\"t\":").add(start);
        event.add(",\"T\":").add(interval.next(start) - 1).add(",\"s\":\"").add(data().symbol());
        event.add("\",\"i\":\"").add(word).add("\",\"f\":-1,\"L\":-1,\"o\":\"");
        event.add(numbers().price(candle.open()))
                .add("\",\"c\":\"")
                .add(numbers().price(candle.close()));
        event.add("\",\"h\":\"").add(numbers().price(candle.high())).add("\",\"l\":\"");
        event.add(numbers().price(candle.low()))
                .add("\",\"v\":\"")
                .add(numbers().size(candle.lots()));
        event.add("\",\"n\":").add(candle.lots() == 0 ? 0 : 1).add(",\"x\":").add(Boolean.toString(closed));
        event.add(",\"q\":\"").add(turnover).add("\",\"V\":\"").add(numbers().size(candle.lots() / 2));
        send(event.add("\",\"Q\":\"").add(half).add("\",\"B\":\"0\"}}"));
    }
}
