package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.List;

/** How close the contracts of a group are to auto-deleveraging: all of them once a second. */
final class AdlPublisher extends TopicPublisher<StreamTopic> {

    private static final int PUSH_MILLIS = 1000;

    private final List<SimulatedMarket> markets;

    AdlPublisher(StreamTopic topic, List<SimulatedMarket> markets) {
        super(topic, PUSH_MILLIS);
        this.markets = markets;
    }

    @Override
    protected void activate(long now) {}

    @Override
    protected TextFrame snapshot(long now) {
        AsciiText frame = new AsciiText(1024).add("{\"topic\":\"").add(topic().text());
        frame.add("\",\"type\":\"snapshot\",\"ts\":").add(now).add(",\"data\":[");
        for (SimulatedMarket market : markets) {
            frame.add("{\"c\":\"").add(market.instrument().settleCoin());
            frame.add("\",\"s\":\"").add(market.instrument().symbol());
            frame.add("\",\"b\":").add(InsuranceFund.balanceText(market));
            frame.add(",\"mb\":\"\",\"i_pr\":-0.3,\"pr\":").add(InsuranceFund.drawdownText(market));
            frame.add(",\"adl_tt\":10000,\"adl_sr\":-0.25},");
        }
        return TextFrame.of(frame.dropLast(',').add("]}"));
    }

    @Override
    protected void publish(long now) {
        push(snapshot(now));
    }
}
