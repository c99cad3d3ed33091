package dev.livefeed.connector.binance.venue;

import java.net.URI;
import java.util.List;

/** The streams of one path. Futures have two paths; neither carries a stream of the other. */
public enum ConnectionGroup {
    SPOT("", "spot"),
    /** Futures: books, best prices, single trades. */
    PUBLIC("/public", "linear-public"),
    /** Futures: aggregate trades, mark prices, candles, tickers, liquidations. */
    MARKET("/market", "linear-market");

    private final String path;
    private final String connection;

    ConnectionGroup(String path, String connection) {
        this.path = path;
        this.connection = connection;
    }

    /** Address of the combined streams; they are subscribed on the connection. */
    public URI uri(URI base) {
        return URI.create(base + path + "/stream");
    }

    /** The start of the names of its connections. */
    public String connection() {
        return connection;
    }

    /** The groups of a market. */
    public static List<ConnectionGroup> of(BinanceMarket market) {
        return market == BinanceMarket.SPOT ? List.of(SPOT) : List.of(PUBLIC, MARKET);
    }
}
