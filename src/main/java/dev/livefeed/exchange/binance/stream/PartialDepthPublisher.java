package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.wire.AsciiText;

/** The best levels of a book, whole, whenever it has changed. */
final class PartialDepthPublisher extends BinancePublisher {

    private long lastId;

    PartialDepthPublisher(BinanceStream stream, MarketData data) {
        super(stream, data);
        data.startRecording();
    }

    @Override
    protected void publish(long now) {
        long id = data().updateId();
        if (id == lastId) {
            return;
        }
        String bids = data().side(true, topic().levels());
        String asks = data().side(false, topic().levels());
        AsciiText event = event();
        if (spot()) {
            event.add("{\"lastUpdateId\":").add(id).add(",\"bids\":[").add(bids);
            event.add("],\"asks\":[").add(asks).add("]}");
        } else {
            long previous = lastId == 0 ? id - 1 : lastId;
            event.add("{\"e\":\"depthUpdate\",\"E\":").add(now).add(",\"T\":");
            event.add(data().market().book().changedAt()).add(",\"s\":\"").add(data().symbol());
            event.add("\",\"U\":")
                    .add(data().firstIdAfter(previous))
                    .add(",\"u\":")
                    .add(id);
            event.add(",\"pu\":").add(previous).add(",\"b\":[").add(bids);
            event.add("],\"a\":[").add(asks).add("]}");
        }
        lastId = id;
        data().record();
        send(event);
    }
}
