package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.TextFrame;

/** The price limits of a symbol: 5 % around its last price. These frames have no type. */
final class PriceLimitPublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 300;
    private static final double SHARE = 0.05;

    private final SimulatedMarket market;

    PriceLimitPublisher(StreamTopic topic, SimulatedMarket market) {
        super(topic, PUSH_MILLIS);
        this.market = market;
    }

    @Override
    protected void activate(long now) {}

    @Override
    protected TextFrame snapshot(long now) {
        return TextFrame.of("{\"topic\":\"" + topic().text() + "\",\"data\":{\"symbol\":\"" + topic().name()
                + "\",\"buyLmt\":\"" + price(1 + SHARE) + "\",\"sellLmt\":\"" + price(1 - SHARE) + "\"},\"ts\":" + now
                + "}");
    }

    private String price(double ratio) {
        return market.instrument().priceText(Math.max(1, Math.round(market.lastTicks() * ratio)));
    }

    @Override
    protected void publish(long now) {
        push(snapshot(now));
    }
}
