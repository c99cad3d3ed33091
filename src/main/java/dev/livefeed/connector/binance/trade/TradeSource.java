package dev.livefeed.connector.binance.trade;

import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.protocol.model.Symbols;

/** The REST requests for trades of the kind that is subscribed: single ones, or aggregated by order and price. */
public final class TradeSource {

    /** Maximum number of trades in a response. */
    public static final int PAGE = 1_000;

    private final BinanceSettings settings;

    public TradeSource(BinanceSettings settings) {
        this.settings = settings;
    }

    /** Trades from this id on. */
    public String fromId(String symbol, long id) {
        return path(settings.singleTrades() ? "/historicalTrades" : "/aggTrades", symbol) + "&fromId=" + id;
    }

    /** The first trades from this time on; null if the venue finds single trades by id only. */
    public String fromTime(String symbol, long millis) {
        return settings.singleTrades() ? null : path("/aggTrades", symbol) + "&startTime=" + millis;
    }

    /** The last trades. */
    public String recent(String symbol) {
        return path(settings.singleTrades() ? "/trades" : "/aggTrades", symbol);
    }

    /** The last trade. */
    public String last(String symbol) {
        return settings.rest(settings.singleTrades() ? "/trades" : "/aggTrades") + "?symbol="
                + Symbols.inAddress(symbol) + "&limit=1";
    }

    private String path(String name, String symbol) {
        return settings.rest(name) + "?symbol=" + Symbols.inAddress(symbol) + "&limit=" + PAGE;
    }

    /** Weight of a request. */
    public int weight() {
        return settings.singleTrades()
                ? settings.market().tradesWeight()
                : settings.market().aggTradesWeight();
    }
}
