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
import java.util.Optional;

/** Routes a request to the endpoint of its path, within the limits on the weight of requests. */
public final class BinanceRouter {

    private static final String SPOT = "/api/v3/";
    private static final String FUTURES = "/fapi/v1/";
    private static final int SPOT_WEIGHT = 6000;
    private static final int FUTURES_WEIGHT = 2400;
    private static final String WEIGHT_HEADER = "X-MBX-USED-WEIGHT-1M";
    /** Spot sends its former header too. */
    private static final String SPOT_WEIGHT_HEADER = "X-MBX-USED-WEIGHT";

    private final BinanceMarkets markets;
    /** By path. */
    private final Map<String, BinanceEndpoint> endpoints = new HashMap<>();

    private final RequestWeight spotWeight;
    private final RequestWeight futuresWeight;

    /** An endpoint of weight 1 without parameters. */
    private interface Plain extends BinanceEndpoint {
        @Override
        default EndpointParameters parameters(boolean spot) {
            return EndpointParameters.onlyOptional();
        }

        @Override
        default int weight(BinanceQuery query) {
            return 1;
        }
    }

    /** @param limited whether the limits on the weight apply */
    public BinanceRouter(BinanceMarkets markets, FaultScheduler faults, boolean limited) {
        this.markets = markets;
        spotWeight = new RequestWeight(SPOT_WEIGHT, limited, RequestWeight.Texts.SPOT);
        futuresWeight = new RequestWeight(FUTURES_WEIGHT, limited, RequestWeight.Texts.FUTURES);
        Plain ping = (query, now) -> JsonNodeFactory.instance.objectNode();
        Plain time = (query, now) -> JsonNodeFactory.instance.objectNode().put("serverTime", now);
        BinanceEndpoint price = FigureLists.ofPrice();
        BinanceEndpoint candles = new CandleLists();
        both("ping", ping);
        both("time", time);
        both("exchangeInfo", new ExchangeInfo());
        both("depth", new BookLists(faults));
        both("aggTrades", TradeLists.aggregates());
        both("trades", TradeLists.trades(false));
        both("historicalTrades", TradeLists.trades(true));
        both("klines", candles);
        both("ticker/24hr", FigureLists.ofDay());
        both("ticker/bookTicker", FigureLists.ofTouch());
        both("ticker/price", price);
        endpoints.put(SPOT + "uiKlines", candles);
        endpoints.put(SPOT + "avgPrice", new AveragePrice());
        endpoints.put(FUTURES + "premiumIndex", FigureLists.ofMark());
        endpoints.put("/fapi/v2/ticker/price", price);
    }

    private void both(String name, BinanceEndpoint endpoint) {
        endpoints.put(SPOT + name, endpoint);
        endpoints.put(FUTURES + name, endpoint);
    }

    /** The category of a path; empty if it is on neither market. */
    public static Optional<ProductCategory> category(String path) {
        return path.startsWith("/api/")
                ? Optional.of(ProductCategory.SPOT)
                : path.startsWith("/fapi/") ? Optional.of(ProductCategory.LINEAR) : Optional.empty();
    }

    /**
     * Answers a GET.
     *
     * @param now milliseconds since 1970
     */
    public RestResponse get(String path, Map<String, String> parameters, long now) {
        Optional<ProductCategory> category = category(path);
        BinanceEndpoint endpoint = endpoints.get(path);
        if (endpoint == null || category.isEmpty()) {
            return VenueRefusals.notOnBinance("GET", path);
        }
        BinanceQuery query = new BinanceQuery(category.get(), parameters, markets);
        boolean spot = query.spot();
        RequestWeight weight = spot ? spotWeight : futuresWeight;
        RestResponse exceeded = weight.exceeded(endpoint.weight(query), now);
        String used = Integer.toString(weight.used());
        RestResponse answer = (exceeded == null ? answer(endpoint, query, now) : exceeded).with(WEIGHT_HEADER, used);
        return spot ? answer.with(SPOT_WEIGHT_HEADER, used) : answer;
    }

    private static RestResponse answer(BinanceEndpoint endpoint, BinanceQuery query, long now) {
        try {
            endpoint.parameters(query.spot()).check(query);
            JsonNode answer = endpoint.answer(query, now);
            return new RestResponse(200, answer.toString());
        } catch (BinanceRefusal e) {
            return e.response();
        }
    }
}
