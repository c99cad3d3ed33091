package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.MarketLiquidation;
import dev.livefeed.exchange.wire.AsciiText;

/** The latest liquidation of each second, as on the venue. */
final class BinanceLiquidationPublisher extends BinancePublisher {

    private long next;

    BinanceLiquidationPublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
    }

    @Override
    protected void activate(long now) {
        next = data().market().liquidations().written();
    }

    @Override
    protected void publish(long now) {
        var all = data().market().liquidations();
        if (next == all.written()) {
            return;
        }
        next = all.written();
        MarketLiquidation latest = all.get(next - 1);
        String price = numbers().price(latest.ticks());
        String size = numbers().size(latest.lots());
        AsciiText event = event().add("{\"e\":\"forceOrder\",\"E\":").add(now).add(",\"o\":{\"s\":\"");
        event.add(data().symbol()).add("\",\"S\":\"").add(latest.longPosition() ? "SELL" : "BUY");
        event.add("\",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"")
                .add(size)
                .add("\",\"p\":\"")
                .add(price);
        event.add("\",\"ap\":\"").add(price).add("\",\"X\":\"FILLED\",\"l\":\"").add(size);
        send(event.add("\",\"z\":\"")
                .add(size)
                .add("\",\"T\":")
                .add(latest.at())
                .add("}}"));
    }
}
