package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.wire.AsciiText;

/** Each trade in a frame of its own, without history on subscription. */
final class BinanceTradePublisher extends BinancePublisher {

    private long next;

    BinanceTradePublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
    }

    @Override
    protected void activate(long now) {
        next = data().trades().written();
    }

    @Override
    protected void reopen(long now) {}

    @Override
    protected void publish(long now) {
        for (next = Math.max(next, data().trades().oldest());
                next < data().trades().written();
                next++) {
            trade(data().trades().get(next), now);
        }
    }

    private void trade(MatchedTrade trade, long now) {
        AsciiText event = event("trade", now);
        event.add(",\"t\":").add(data().tradeId(trade.number())).add(",\"p\":\"");
        numbers().price(event, trade.ticks());
        event.add("\",\"q\":\"");
        numbers().size(event, trade.lots());
        event.add("\",\"T\":").add(trade.at());
        if (!spot()) {
            event.add(",\"X\":\"MARKET\"");
        }
        event.add(",\"m\":").add(Boolean.toString(!trade.buy()));
        send(event.add(spot() ? ",\"M\":true}" : "}"));
    }
}
