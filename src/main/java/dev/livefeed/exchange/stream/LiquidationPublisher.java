package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.MarketLiquidation;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;

/** A liquidation topic, in batches of half a second. */
final class LiquidationPublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 500;

    private final SimulatedMarket market;
    private long next;

    LiquidationPublisher(StreamTopic topic, SimulatedMarket market) {
        super(topic, PUSH_MILLIS);
        this.market = market;
    }

    @Override
    protected void activate(long now) {
        next = market.liquidations().written();
    }

    @Override
    protected TextFrame snapshot(long now) {
        return null;
    }

    @Override
    protected void publish(long now) {
        long end = market.liquidations().written();
        if (next == end) {
            return;
        }
        AsciiText frame = new AsciiText(256).add("{\"topic\":\"").add(topic().text());
        frame.add("\",\"type\":\"snapshot\",\"ts\":").add(now).add(",\"data\":[");
        for (long n = Math.max(next, market.liquidations().oldest()); n < end; n++) {
            MarketLiquidation one = market.liquidations().get(n);
            // The side is that of the liquidated position, not of the closing order.
            frame.add("{\"T\":").add(one.at()).add(",\"s\":\"").add(topic().name());
            frame.add("\",\"S\":\"").add(one.longPosition() ? "Buy" : "Sell");
            frame.add("\",\"v\":\"").add(market.instrument().sizeText(one.lots()));
            frame.add("\",\"p\":\"")
                    .add(market.instrument().priceText(one.ticks()))
                    .add("\"},");
        }
        next = end;
        push(TextFrame.of(frame.dropLast(',').add("]}")));
    }
}
