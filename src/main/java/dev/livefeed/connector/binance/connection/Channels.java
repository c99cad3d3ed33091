package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.StreamName;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;

/** The channels of the protocol that streams belong to. */
final class Channels {

    private Channels() {}

    static String of(StreamName name) {
        return switch (name.kind()) {
            case AGGREGATE_TRADE, TRADE -> "trades";
            case DEPTH -> Depth.CHANNEL;
            case BOOK_TICKER, TICKER, MARK_PRICE -> Ticker.TYPE;
            case KLINE -> Kline.TYPE + '.' + name.text().substring(name.text().indexOf('_') + 1);
            case LIQUIDATION -> Liquidation.CHANNEL;
        };
    }
}
