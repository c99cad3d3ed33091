package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.market.MarketFigures;
import dev.livefeed.exchange.wire.AsciiText;

/** Figures of a market: of the last day, in full or short, or its mark price. */
final class BinanceTickerPublisher extends BinancePublisher {

    BinanceTickerPublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
    }

    @Override
    protected void publish(long now) {
        MarketFigures figures = MarketFigures.of(data(), now);
        switch (topic().kind()) {
            case MINI_TICKER -> send(mini(figures, now));
            case MARK_PRICE -> send(mark(figures, now));
            default -> send(day(figures, now));
        }
    }

    private AsciiText mini(MarketFigures figures, long now) {
        return event("24hrMiniTicker", now)
                .add(",\"c\":\"")
                .add(figures.last())
                .add("\",\"o\":\"")
                .add(figures.open())
                .add("\",\"h\":\"")
                .add(figures.high())
                .add("\",\"l\":\"")
                .add(figures.low())
                .add("\",\"v\":\"")
                .add(figures.volume())
                .add("\",\"q\":\"")
                .add(figures.turnover())
                .add("\"}");
    }

    private AsciiText day(MarketFigures figures, long now) {
        AsciiText event = event("24hrTicker", now).add(",\"p\":\"").add(figures.change());
        event.add("\",\"P\":\"").add(figures.changePercent()).add("\",\"w\":\"").add(figures.average());
        if (spot()) {
            event.add("\",\"x\":\"").add(figures.open());
        }
        event.add("\",\"c\":\"").add(figures.last()).add("\",\"Q\":\"").add(figures.lastSize());
        if (spot()) {
            event.add("\",\"b\":\"").add(figures.bid()).add("\",\"B\":\"").add(figures.bidSize());
            event.add("\",\"a\":\"").add(figures.ask()).add("\",\"A\":\"").add(figures.askSize());
        }
        event.add("\",\"o\":\"").add(figures.open()).add("\",\"h\":\"").add(figures.high());
        event.add("\",\"l\":\"").add(figures.low()).add("\",\"v\":\"").add(figures.volume());
        event.add("\",\"q\":\"").add(figures.turnover()).add("\",\"O\":").add(now - MarketFigures.DAY);
        event.add(",\"C\":").add(now).add(",\"F\":").add(figures.firstId()).add(",\"L\":");
        return event.add(figures.lastId()).add(",\"n\":").add(figures.trades()).add('}');
    }

    private AsciiText mark(MarketFigures figures, long now) {
        return event("markPriceUpdate", now)
                .add(",\"p\":\"")
                .add(figures.mark())
                .add("\",\"i\":\"")
                .add(figures.index())
                .add("\",\"P\":\"")
                .add(figures.mark())
                .add("\",\"r\":\"")
                .add(figures.fundingRate())
                .add("\",\"T\":")
                .add(figures.nextFunding())
                .add('}');
    }
}
