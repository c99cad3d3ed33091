package dev.livefeed.connector.binance;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;

/**
 * A channel of the protocol that the venue has.
 *
 * @param text its name; that of the default depth is {@code depth}
 * @param depth levels a side of a book, otherwise 0
 * @param interval of candles, otherwise null
 */
record ChannelName(String text, Kind kind, int depth, KlineInterval interval) {

    static final String TRADES = "trades";

    /** What a channel carries. */
    enum Kind {
        TRADES,
        BOOK,
        TICKER,
        KLINE,
        LIQUIDATIONS
    }

    /** @throws IllegalArgumentException if the venue has no such channel; the message says why */
    static ChannelName of(BinanceMarket market, String channel, int defaultDepth) {
        if (channel.equals(TRADES)) {
            return new ChannelName(channel, Kind.TRADES, 0, null);
        }
        if (channel.equals(Depth.CHANNEL)) {
            return new ChannelName(channel, Kind.BOOK, defaultDepth, null);
        }
        if (channel.matches(Depth.CHANNEL + "\\.\\d{1,5}")) {
            int depth = Integer.parseInt(channel.substring(Depth.CHANNEL.length() + 1));
            if (depth < 1 || depth > market.snapshotLevels()) {
                throw new IllegalArgumentException("depth is \"" + depth + "\", must be from 1 to "
                        + market.snapshotLevels() + " with BINANCE_MARKET " + market.setting());
            }
            return new ChannelName(
                    depth == defaultDepth ? Depth.CHANNEL : Depth.CHANNEL + '.' + depth, Kind.BOOK, depth, null);
        }
        if (channel.equals(Ticker.TYPE)) {
            return new ChannelName(channel, Kind.TICKER, 0, null);
        }
        if (channel.startsWith(Kline.TYPE + '.')) {
            String name = channel.substring(Kline.TYPE.length() + 1);
            KlineInterval interval = KlineInterval.of(name);
            if (interval == null) {
                throw new IllegalArgumentException("interval is \"" + name + "\", must be one of "
                        + KlineInterval.names() + " (1m is a minute, 1M a month)");
            }
            return new ChannelName(channel, Kind.KLINE, 0, interval);
        }
        if (channel.equals(Liquidation.CHANNEL)) {
            if (!market.futures()) {
                throw new IllegalArgumentException("spot has no liquidations; they exist with BINANCE_MARKET usdm");
            }
            return new ChannelName(channel, Kind.LIQUIDATIONS, 0, null);
        }
        throw new IllegalArgumentException("channel is \"" + channel
                + "\", must be trades, depth, depth.N, ticker, liquidations or kline.I with I one of "
                + KlineInterval.names());
    }

    /** Whether both are carried by the same streams. */
    String streams() {
        return kind == Kind.BOOK ? Depth.CHANNEL : text;
    }
}
