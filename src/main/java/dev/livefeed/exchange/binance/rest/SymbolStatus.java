package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.binance.market.MarketData;
import java.util.List;

/** The venue's words for the states of markets, and the parameter {@code symbolStatus} of spot. */
final class SymbolStatus {

    private static final String PARAMETER = "symbolStatus";
    private static final List<String> FILTERS = List.of("TRADING", "HALT", "BREAK");

    private SymbolStatus() {}

    static String of(MarketData data) {
        return switch (data.market().state()) {
            case PRELAUNCH -> data.spot() ? "PRE_TRADING" : "PENDING_TRADING";
            case AUCTION -> data.spot() ? "AUCTION_MATCH" : "PENDING_TRADING";
            case TRADING -> "TRADING";
            // Futures have no documented word for it.
            case HALTED -> "BREAK";
            case DELIVERING -> data.spot() ? "BREAK" : "DELIVERING";
            case CLOSED -> data.spot() ? "BREAK" : "CLOSE";
        };
    }

    /** Refuses the one market of a request if it has another state than the one asked for. */
    static void check(BinanceQuery query, MarketData data) throws BinanceRefusal {
        if (asked(query) && !of(data).equals(query.text(PARAMETER))) {
            throw new BinanceRefusal(-1220, "The symbol's status does not match the requested symbolStatus.");
        }
    }

    /** Those of several markets that have the state asked for. */
    static List<MarketData> filter(BinanceQuery query, List<MarketData> markets) throws BinanceRefusal {
        return asked(query)
                ? markets.stream()
                        .filter(data -> of(data).equals(query.text(PARAMETER)))
                        .toList()
                : markets;
    }

    private static boolean asked(BinanceQuery query) throws BinanceRefusal {
        if (!query.spot() || !query.has(PARAMETER)) {
            return false;
        }
        if (!FILTERS.contains(query.text(PARAMETER))) {
            throw new BinanceRefusal(-1122, "Invalid symbolStatus.");
        }
        return true;
    }
}
