package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.BinanceNumbers;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicPublisher;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;

/** A stream and its subscribers. It has no first frame: what was before is available from REST. */
abstract class BinancePublisher extends TopicPublisher<BinanceStream> {

    private final MarketData data;
    private final AsciiText event = new AsciiText(1024);
    private final AsciiText wrapper = new AsciiText(1024);

    BinancePublisher(BinanceStream stream, MarketData data) {
        this(stream, data, stream.millis());
    }

    /** @param millis how often it is called, which may be more often than it sends */
    BinancePublisher(BinanceStream stream, MarketData data, int millis) {
        super(stream, millis);
        this.data = data;
    }

    MarketData data() {
        return data;
    }

    BinanceNumbers numbers() {
        return data.numbers();
    }

    boolean spot() {
        return topic().category() == ProductCategory.SPOT;
    }

    /** An empty event, which is reused. */
    AsciiText event() {
        return event.clear();
    }

    /** An event that begins with its type, time and symbol. */
    AsciiText event(String type, long now) {
        return event().add("{\"e\":\"")
                .add(type)
                .add("\",\"E\":")
                .add(now)
                .add(",\"s\":\"")
                .add(data.symbol())
                .add('"');
    }

    /** Sends the event in the form of each connection. */
    void send(AsciiText written) {
        TextFrame raw = null;
        TextFrame combined = null;
        for (StreamSession session : subscribers()) {
            if (session.form() == FrameForm.COMBINED) {
                combined = combined == null ? combined(written) : combined;
                session.push(topic().text(), combined, false);
            } else {
                raw = raw == null ? TextFrame.of(written) : raw;
                session.push(topic().text(), raw, false);
            }
        }
    }

    private TextFrame combined(AsciiText written) {
        return TextFrame.of(wrapper.clear()
                .add("{\"stream\":\"")
                .add(topic().text())
                .add("\",\"data\":")
                .add(written)
                .add('}'));
    }

    @Override
    protected void activate(long now) {}

    @Override
    protected TextFrame snapshot(long now) {
        return null;
    }
}
