package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.stream.FrameForm;
import dev.livefeed.exchange.stream.StreamSession;
import dev.livefeed.exchange.stream.TopicPublisher;
import dev.livefeed.exchange.wire.AsciiText;
import dev.livefeed.exchange.wire.TextFrame;

/** A stream and its subscribers. It has no first frame: what was before is available from REST. */
abstract class FramePublisher extends TopicPublisher<BinanceStream> {

    private final AsciiText event = new AsciiText(1024);
    private final AsciiText wrapper = new AsciiText(1024);

    /** @param millis how often it is called, which may be more often than it sends */
    FramePublisher(BinanceStream stream, int millis) {
        super(stream, millis);
    }

    /** An empty event, which is reused. */
    AsciiText event() {
        return event.clear();
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
