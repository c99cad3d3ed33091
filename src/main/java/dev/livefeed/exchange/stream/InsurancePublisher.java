package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The insurance pools of a group of contracts: all of them on subscription, then those that have changed. */
final class InsurancePublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 1000;

    private final List<SimulatedMarket> markets;
    private final Map<SimulatedMarket, Long> published = new HashMap<>();

    InsurancePublisher(StreamTopic topic, List<SimulatedMarket> markets) {
        super(topic, PUSH_MILLIS);
        this.markets = markets;
    }

    @Override
    protected void activate(long now) {
        markets.forEach(market -> published.put(market, InsuranceFund.changes(market)));
    }

    @Override
    protected TextFrame snapshot(long now) {
        return frame("snapshot", market -> true, now);
    }

    @Override
    protected void publish(long now) {
        Predicate<SimulatedMarket> changed = market -> InsuranceFund.changes(market) != published.get(market);
        if (markets.stream().anyMatch(changed)) {
            push(frame("delta", changed, now));
            activate(now);
        }
    }

    private TextFrame frame(String type, Predicate<SimulatedMarket> told, long now) {
        AsciiText frame = new AsciiText(1024).add("{\"topic\":\"").add(topic().text());
        frame.add("\",\"type\":\"").add(type).add("\",\"ts\":").add(now).add(",\"data\":[");
        markets.stream().filter(told).forEach(market -> {
            frame.add("{\"coin\":\"").add(market.instrument().settleCoin());
            frame.add("\",\"symbols\":\"").add(market.instrument().symbol());
            frame.add("\",\"balance\":\"").add(InsuranceFund.balanceText(market));
            frame.add("\",\"updateTime\":\"").add(now).add("\"},");
        });
        return TextFrame.of(frame.dropLast(',').add("]}"));
    }
}
