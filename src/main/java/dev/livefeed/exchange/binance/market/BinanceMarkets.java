package dev.livefeed.exchange.binance.market;

import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The markets that the venue lists: spot, and linear contracts named by their two coins. Not thread-safe. */
public final class BinanceMarkets {

    private static final int LISTING_MILLIS = 100;

    private final SimulatedMarkets markets;
    private final int tradesKept;
    private final boolean recording;
    private final Map<SimulatedMarket, MarketData> byMarket = new HashMap<>();

    /** @param recording whether all states of the books are recorded from the start */
    public BinanceMarkets(SimulatedMarkets markets, int tradesKept, boolean recording) {
        this.markets = markets;
        this.tradesKept = tradesKept;
        this.recording = recording;
        list();
    }

    private void list() {
        for (ProductCategory category : List.of(ProductCategory.SPOT, ProductCategory.LINEAR)) {
            for (SimulatedMarket market : markets.of(category)) {
                var instrument = market.instrument();
                if (instrument.symbol().equals(instrument.baseCoin() + instrument.quoteCoin())) {
                    byMarket.computeIfAbsent(market, this::create);
                }
            }
        }
    }

    private MarketData create(SimulatedMarket market) {
        MarketData data = new MarketData(market, tradesKept, markets.startedAt());
        if (recording) {
            data.startRecording();
        }
        return data;
    }

    /** Called after each step of the markets. */
    public void advance() {
        if (markets.at() % LISTING_MILLIS == 0) {
            list();
        }
        byMarket.values().forEach(data -> data.advance(markets.at()));
    }

    /** The market of a symbol in capital letters; null if it is not listed, or not any more. */
    public MarketData find(ProductCategory category, String symbol) {
        MarketData data = known(category, symbol);
        return data == null || data.market().state() == MarketState.CLOSED ? null : data;
    }

    /** The market of a symbol, even if it is closed; null if there is none. */
    public MarketData known(ProductCategory category, String symbol) {
        SimulatedMarket market = markets.market(category, symbol);
        return market == null ? null : byMarket.get(market);
    }

    /** The listed markets of a category. */
    public List<MarketData> of(ProductCategory category) {
        List<MarketData> found = new ArrayList<>();
        for (SimulatedMarket market : markets.of(category)) {
            MarketData data = byMarket.get(market);
            if (data != null && market.state() != MarketState.CLOSED) {
                found.add(data);
            }
        }
        return found;
    }

    public SimulatedMarkets markets() {
        return markets;
    }
}
