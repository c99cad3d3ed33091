package dev.livefeed.soak;

import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The trades of the markets whose streams a client may want. */
final class VenueTrades {

    private final SimulatedMarkets markets;
    private final Map<MarketKey, MarketTrades> byMarket = new LinkedHashMap<>();

    VenueTrades(SimulatedMarkets markets) {
        this.markets = markets;
    }

    /** Follows a listed market; without effect if it is followed. */
    void add(MarketKey key) {
        byMarket.computeIfAbsent(key, each -> new MarketTrades(markets.market(key.category(), key.symbol())));
    }

    /** Copies the new trades. */
    void follow(long now) {
        byMarket.values().forEach(made -> made.follow(now));
    }

    /** Number of trades of each market of a symbol, which may be a base coin; 0 for one that is not listed yet. */
    Map<String, Long> made(String category, String symbol) {
        Map<String, Long> made = new LinkedHashMap<>();
        made.put(symbol, 0L);
        of(new StreamRequest(category, "trades", symbol, 0, "")).forEach((name, rows) -> made.put(name, rows.made()));
        return made;
    }

    /** The markets of a stream by symbol: none if it is not listed yet, several for a base coin. */
    Map<String, MarketTrades> of(StreamRequest stream) {
        Map<String, MarketTrades> found = new LinkedHashMap<>();
        byMarket.forEach((key, made) -> {
            if (stream.covers(key.category().id(), key.symbol())) {
                found.put(key.symbol(), made);
            }
        });
        return found;
    }

    MarketTrades of(String category, String symbol) {
        return byMarket.get(new MarketKey(ProductCategory.of(category).orElseThrow(), symbol));
    }

    /**
     * Whether REST no longer has a trade, because too many followed.
     *
     * @param atMillis its match time, milliseconds since 1970
     * @param whenNanos the time in question, in simulated time
     */
    boolean beyondRest(String category, String symbol, long atMillis, long whenNanos) {
        int reach = "spot".equals(category) ? 60 : 1_000;
        return of(new StreamRequest(category, "trades", listedAs(category, symbol), 0, "")).values().stream()
                        .mapToLong(made -> made.madeSince(atMillis, whenNanos))
                        .sum()
                >= reach;
    }

    /** The symbol that its trades are asked for by: options by their base coin. */
    static String listedAs(String category, String symbol) {
        int dash = "option".equals(category) ? symbol.indexOf('-') : -1;
        return dash < 0 ? symbol : symbol.substring(0, dash);
    }
}
