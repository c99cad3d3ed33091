package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.wire.AsciiText;

/** The events of one market, each in a frame of its own. */
final class EventPublisher extends FramePublisher {

    private final PeriodicEvent source;

    EventPublisher(BinanceStream stream, PeriodicEvent source) {
        super(stream, stream.millis());
        this.source = source;
    }

    @Override
    protected void activate(long now) {
        source.skip(now);
    }

    @Override
    protected void publish(long now) {
        AsciiText event = event();
        if (source.write(event, now)) {
            send(event);
        }
    }
}
