package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.BinanceNumbers;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.wire.AsciiText;

/** A stream of one market. */
abstract class BinancePublisher extends FramePublisher {

    private final MarketData data;

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

    /** An event that begins with its type, time and symbol. */
    AsciiText event(String type, long now) {
        return PeriodicEvent.begin(event(), type, now, data);
    }
}
