package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.binance.venue.BinanceMarket;
import dev.livefeed.connector.binance.venue.ConnectionGroup;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Kline;
import dev.livefeed.protocol.model.KlineInterval;
import dev.livefeed.protocol.model.Liquidation;
import dev.livefeed.protocol.model.Ticker;
import java.util.Locale;

/**
 * Identity of a stream: its name at the venue, and what it carries.
 *
 * @param text the venue's name: {@code btcusdt@depth@100ms}
 * @param kind type of its frames
 * @param group whose connections carry it
 */
public record StreamName(String text, Kind kind, ConnectionGroup group, InstrumentId instrument) {

    /** Types of frames. */
    public enum Kind {
        AGGREGATE_TRADE,
        TRADE,
        DEPTH,
        BOOK_TICKER,
        TICKER,
        MARK_PRICE,
        KLINE,
        LIQUIDATION
    }

    /** @param single whether single trades, and not those that are aggregated by order and price */
    public static StreamName trades(BinanceMarket market, boolean single, String symbol) {
        return single
                ? of(market, Kind.TRADE, symbol, "trade", ConnectionGroup.PUBLIC)
                : of(market, Kind.AGGREGATE_TRADE, symbol, "aggTrade", ConnectionGroup.MARKET);
    }

    public static StreamName depth(BinanceMarket market, String symbol) {
        return of(market, Kind.DEPTH, symbol, "depth@100ms", ConnectionGroup.PUBLIC);
    }

    public static StreamName bookTicker(BinanceMarket market, String symbol) {
        return of(market, Kind.BOOK_TICKER, symbol, "bookTicker", ConnectionGroup.PUBLIC);
    }

    public static StreamName ticker(BinanceMarket market, String symbol) {
        return of(market, Kind.TICKER, symbol, "ticker", ConnectionGroup.MARKET);
    }

    public static StreamName markPrice(BinanceMarket market, String symbol) {
        return of(market, Kind.MARK_PRICE, symbol, "markPrice@1s", ConnectionGroup.MARKET);
    }

    public static StreamName kline(BinanceMarket market, KlineInterval interval, String symbol) {
        return of(market, Kind.KLINE, symbol, "kline_" + interval, ConnectionGroup.MARKET);
    }

    public static StreamName liquidations(BinanceMarket market, String symbol) {
        return of(market, Kind.LIQUIDATION, symbol, "forceOrder", ConnectionGroup.MARKET);
    }

    private static StreamName of(
            BinanceMarket market, Kind kind, String symbol, String suffix, ConnectionGroup ofFutures) {
        return new StreamName(
                symbol.toLowerCase(Locale.ROOT) + '@' + suffix,
                kind,
                market.futures() ? ofFutures : ConnectionGroup.SPOT,
                market.instrument(symbol));
    }

    /** The channel of the protocol that it belongs to. */
    public String channel() {
        return switch (kind) {
            case AGGREGATE_TRADE, TRADE -> "trades";
            case DEPTH -> Depth.CHANNEL;
            case BOOK_TICKER, TICKER, MARK_PRICE -> Ticker.TYPE;
            case KLINE -> Kline.TYPE + '.' + text.substring(text.indexOf('_') + 1);
            case LIQUIDATION -> Liquidation.CHANNEL;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
