package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.fault.FaultScheduler;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.rest.RestResponse;
import dev.livefeed.exchange.rest.VenueRefusals;
import java.util.HashMap;
import java.util.Map;

/** Routes a request to the endpoint of its path, within the limits on the weight of requests. */
public final class BinanceRouter {

    private static final String SPOT = "/api/v3/";
    private static final String FUTURES = "/fapi/v1/";
    private static final int SPOT_WEIGHT = 6000;
    private static final int FUTURES_WEIGHT = 2400;
    private static final String WEIGHT_HEADER = "X-MBX-USED-WEIGHT-1M";

    private final BinanceMarkets markets;
    private final Map<String, BinanceEndpoint> endpoints = new HashMap<>();
    private final RequestWeight spotWeight;
    private final RequestWeight futuresWeight;

    /** An endpoint of weight 1. */
    private interface Plain extends BinanceEndpoint {
        @Override
        default int weight(BinanceQuery query) {
            return 1;
        }
    }

    /** @param limited whether the limits on the weight apply */
    public BinanceRouter(BinanceMarkets markets, FaultScheduler faults, boolean limited) {
        this.markets = markets;
        spotWeight = new RequestWeight(SPOT_WEIGHT, limited);
        futuresWeight = new RequestWeight(FUTURES_WEIGHT, limited);
        Plain ping = (query, now) -> JsonNodeFactory.instance.objectNode();
        Plain time = (query, now) -> JsonNodeFactory.instance.objectNode().put("serverTime", now);
        endpoints.put("ping", ping);
        endpoints.put("time", time);
        endpoints.put("exchangeInfo", new ExchangeInfo());
        endpoints.put("depth", new BookLists(faults));
        endpoints.put("aggTrades", TradeLists.aggregates());
        endpoints.put("trades", TradeLists.trades(false));
        endpoints.put("historicalTrades", TradeLists.trades(true));
        endpoints.put("klines", new CandleLists());
        endpoints.put("ticker/24hr", FigureLists.ofDay());
        endpoints.put("ticker/bookTicker", FigureLists.ofTouch());
        endpoints.put("ticker/price", FigureLists.ofPrice());
        endpoints.put("premiumIndex", FigureLists.ofMark());
    }

    /** Whether a path belongs to this venue. */
    public static boolean serves(String path) {
        return path.startsWith(SPOT) || path.startsWith(FUTURES);
    }

    /** The category of a path of this venue. */
    public static ProductCategory category(String path) {
        return path.startsWith(SPOT) ? ProductCategory.SPOT : ProductCategory.LINEAR;
    }

    /**
     * Answers a GET.
     *
     * @param now milliseconds since 1970
     */
    public RestResponse get(String path, Map<String, String> parameters, long now) {
        boolean spot = path.startsWith(SPOT);
        String name = path.substring(spot ? SPOT.length() : FUTURES.length());
        BinanceEndpoint endpoint = endpoints.get(name);
        if (endpoint == null || (spot && name.equals("premiumIndex"))) {
            return VenueRefusals.notOnBinance();
        }
        BinanceQuery query = new BinanceQuery(category(path), parameters, markets);
        RequestWeight weight = spot ? spotWeight : futuresWeight;
        RestResponse exceeded = weight.exceeded(endpoint.weight(query), now);
        return (exceeded == null ? answer(endpoint, query, now) : exceeded)
                .with(WEIGHT_HEADER, Integer.toString(weight.used()));
    }

    private static RestResponse answer(BinanceEndpoint endpoint, BinanceQuery query, long now) {
        try {
            JsonNode answer = endpoint.answer(query, now);
            return new RestResponse(200, answer.toString());
        } catch (BinanceRefusal e) {
            return e.response();
        }
    }
}
