package dev.livefeed.connector.binance.trade;

import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.binance.venue.RequestWeights;
import dev.livefeed.connector.feed.trade.TradeRows;
import dev.livefeed.connector.feed.trade.TradeSource;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Symbols;
import java.io.IOException;

/** Trades of the kind that is subscribed: single ones, or aggregated by order and price. */
public final class BinanceTradeSource implements TradeSource {

    /** Maximum number of trades in a response. */
    static final int PAGE = 1_000;

    private final BinanceSettings settings;

    public BinanceTradeSource(BinanceSettings settings) {
        this.settings = settings;
    }

    @Override
    public String fromId(String symbol, long id) {
        return path(settings.singleTrades() ? "/historicalTrades" : "/aggTrades", symbol) + "&fromId=" + id;
    }

    /** The venue finds single trades by id only. */
    @Override
    public String fromTime(String symbol, long millis) {
        return settings.singleTrades() ? null : path("/aggTrades", symbol) + "&startTime=" + millis;
    }

    @Override
    public String recent(String symbol) {
        return path(settings.singleTrades() ? "/trades" : "/aggTrades", symbol);
    }

    @Override
    public String last(String symbol) {
        return settings.rest(settings.singleTrades() ? "/trades" : "/aggTrades") + "?symbol="
                + Symbols.inAddress(symbol) + "&limit=1";
    }

    /** Single trades of futures with the insurance fund, and those of deleveraging, have ids but are not published. */
    @Override
    public boolean idsHaveHoles() {
        return settings.singleTrades() && settings.market().futures();
    }

    private String path(String name, String symbol) {
        return settings.rest(name) + "?symbol=" + Symbols.inAddress(symbol) + "&limit=" + PAGE;
    }

    @Override
    public int weight() {
        RequestWeights weights = settings.weights();
        return settings.singleTrades() ? weights.trades() : weights.aggTrades();
    }

    @Override
    public TradeRows read(byte[] body, InstrumentId instrument, long receivedAt, boolean synthetic) throws IOException {
        return BinanceTradeRows.read(body, instrument, receivedAt, synthetic);
    }
}
