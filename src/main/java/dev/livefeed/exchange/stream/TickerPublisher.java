package dev.livefeed.exchange.stream;

import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.market.TickerRow;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A ticker topic: for futures a snapshot, then only the changed fields; otherwise always a snapshot.
 */
final class TickerPublisher extends TopicPublisher<StreamTopic> {

    private static final int SPOT_PUSH_MILLIS = 50;
    private static final int PUSH_MILLIS = 100;

    /** A best price and its size are sent together, even if only one of them changed. */
    private static final Map<String, String> PAIRS =
            Map.of("bid1Price", "bid1Size", "bid1Size", "bid1Price", "ask1Price", "ask1Size", "ask1Size", "ask1Price");

    private final SimulatedMarket market;
    private final SimulatedMarkets markets;
    private Map<String, String> published = Map.of();
    private long sequence;

    TickerPublisher(StreamTopic topic, SimulatedMarket market, SimulatedMarkets markets) {
        super(topic, topic.category() == ProductCategory.SPOT ? SPOT_PUSH_MILLIS : PUSH_MILLIS);
        this.market = market;
        this.markets = markets;
    }

    @Override
    protected void activate(long now) {
        refresh(now);
    }

    @Override
    protected TextFrame snapshot(long now) {
        return frame("snapshot", published, now);
    }

    @Override
    protected void publish(long now) {
        Map<String, String> before = published;
        refresh(now);
        if (published.equals(before)) {
            return;
        }
        if (!topic().category().futures()) {
            push(frame("snapshot", published, now));
            return;
        }
        Map<String, String> changed = new LinkedHashMap<>();
        published.forEach((name, value) -> {
            String pair = PAIRS.getOrDefault(name, name);
            if (name.equals("symbol")
                    || !value.equals(before.get(name))
                    || !published.get(pair).equals(before.get(pair))) {
                changed.put(name, value);
            }
        });
        push(frame("delta", changed, now));
    }

    private void refresh(long now) {
        published = TickerRow.ofStream(market, markets, now);
        sequence = market.book().sequence();
    }

    private TextFrame frame(String type, Map<String, String> fields, long now) {
        AsciiText frame = new AsciiText(1024).add('{');
        if (topic().category() == ProductCategory.OPTION) {
            frame.add("\"id\":\"")
                    .add(topic().text())
                    .add('-')
                    .add(sequence)
                    .add('-')
                    .add(now)
                    .add("\",");
        }
        frame.add("\"topic\":\"").add(topic().text()).add("\",");
        switch (topic().category()) {
            case SPOT -> {
                frame.add("\"ts\":")
                        .add(now)
                        .add(",\"type\":\"")
                        .add(type)
                        .add("\",\"cs\":")
                        .add(sequence)
                        .add(",\"data\":");
                data(frame, fields);
            }
            case OPTION -> {
                frame.add("\"ts\":").add(now).add(",\"data\":");
                data(frame, fields);
                frame.add(",\"type\":\"").add(type).add('"');
            }
            default -> {
                frame.add("\"type\":\"").add(type).add("\",\"data\":");
                data(frame, fields);
                frame.add(",\"cs\":").add(sequence).add(",\"ts\":").add(now);
            }
        }
        return TextFrame.of(frame.add('}'));
    }

    private static void data(AsciiText frame, Map<String, String> fields) {
        frame.add('{');
        fields.forEach((name, value) ->
                frame.add('"').add(name).add("\":\"").add(value).add("\","));
        frame.dropLast(',').add('}');
    }
}
