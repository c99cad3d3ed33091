package dev.livefeed.connector.binance.venue;

import java.net.URI;
import java.util.List;

/** A path of the venue's streams. Futures have two, which carry different streams; one carries nothing of the other. */
public enum Route {
    SPOT("", "spot"),
    /** Futures: books, best prices, single trades. */
    PUBLIC("/public", "linear-public"),
    /** Futures: aggregate trades, mark prices, candles, tickers, liquidations. */
    MARKET("/market", "linear-market");

    private final String path;
    private final String connection;

    Route(String path, String connection) {
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

    /** The routes of a market. */
    public static List<Route> of(BinanceMarket market) {
        return market == BinanceMarket.SPOT ? List.of(SPOT) : List.of(PUBLIC, MARKET);
    }
}
