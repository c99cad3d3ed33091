package dev.livefeed.exchange.binance.stream;

import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.wire.AsciiText;

/** The events of one market that are sent at intervals, in a stream of its own or of all markets. */
interface PeriodicEvent {

    /** Appends the event of this time; false if there is nothing to send. */
    boolean write(AsciiText out, long now);

    /** Called before the first subscriber: what was before is not sent. */
    default void skip(long now) {}

    /** The events of a stream for one of its markets. */
    static PeriodicEvent of(BinanceStream stream, MarketData data) {
        return switch (stream.kind()) {
            case BOOK_TICKER -> new TouchEvent(data);
            case LIQUIDATION -> new LiquidationEvent(data);
            case TICKER, MINI_TICKER, MARK_PRICE -> new TickerEvent(stream, data);
            default -> throw new IllegalArgumentException("not sent at intervals: " + stream.text());
        };
    }

    /** Appends the beginning of an event: its type, time and symbol. */
    static AsciiText begin(AsciiText out, String type, long now, MarketData data) {
        return out.add("{\"e\":\"")
                .add(type)
                .add("\",\"E\":")
                .add(now)
                .add(",\"s\":\"")
                .add(data.symbol())
                .add('"');
    }
}
