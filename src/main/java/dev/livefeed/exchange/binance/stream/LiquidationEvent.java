package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.MarketLiquidation;
import dev.livefeed.exchange.wire.AsciiText;

/** The latest liquidation of each second, as on the venue. */
final class LiquidationEvent implements PeriodicEvent {

    private final MarketData data;
    private long next;

    LiquidationEvent(MarketData data) {
        this.data = data;
    }

    @Override
    public void skip(long now) {
        next = data.market().liquidations().written();
    }

    @Override
    public boolean write(AsciiText out, long now) {
        var all = data.market().liquidations();
        if (next == all.written()) {
            return false;
        }
        next = all.written();
        MarketLiquidation latest = all.get(next - 1);
        String price = data.numbers().price(latest.ticks());
        String size = data.numbers().size(latest.lots());
        out.add("{\"e\":\"forceOrder\",\"E\":").add(now).add(",\"o\":{\"s\":\"").add(data.symbol());
        out.add("\",\"S\":\"").add(latest.longPosition() ? "SELL" : "BUY");
        out.add("\",\"o\":\"LIMIT\",\"f\":\"IOC\",\"q\":\"")
                .add(size)
                .add("\",\"p\":\"")
                .add(price);
        out.add("\",\"ap\":\"").add(price).add("\",\"X\":\"FILLED\",\"l\":\"").add(size);
        out.add("\",\"z\":\"").add(size).add("\",\"T\":").add(latest.at()).add("}}");
        return true;
    }
}
