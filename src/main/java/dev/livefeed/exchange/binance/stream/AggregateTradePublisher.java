package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.AggregateTrade;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.wire.AsciiText;

/** Each aggregate trade in a frame of its own, without history on subscription. */
final class AggregateTradePublisher extends BinancePublisher {

    private long next;

    AggregateTradePublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
    }

    @Override
    protected void activate(long now) {
        next = data().aggregates().written();
    }

    @Override
    protected void reopen(long now) {}

    @Override
    protected void publish(long now) {
        for (next = Math.max(next, data().aggregates().oldest());
                next < data().aggregates().written();
                next++) {
            trade(data().aggregates().get(next), now);
        }
    }

    private void trade(AggregateTrade trade, long now) {
        AsciiText event = event("aggTrade", now);
        event.add(",\"a\":").add(trade.id()).add(",\"p\":\"");
        numbers().price(event, trade.ticks());
        event.add("\",\"q\":\"");
        numbers().size(event, trade.lots());
        if (!spot()) {
            event.add("\",\"nq\":\"");
            numbers().size(event, trade.lots());
        }
        event.add("\",\"f\":").add(trade.firstId()).add(",\"l\":").add(trade.lastId());
        event.add(",\"T\":").add(trade.at()).add(",\"m\":").add(Boolean.toString(!trade.buy()));
        send(event.add(spot() ? ",\"M\":true}" : "}"));
    }
}
