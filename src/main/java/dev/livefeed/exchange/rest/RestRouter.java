package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.stream.TopicHub;
import java.util.HashMap;
import java.util.Map;

/** Routes a request to the endpoint of its path and wraps the result in the venue's envelope. */
public final class RestRouter {

    private static final int PARAMETER_ERROR = 10001;
    private static final int NO_ROUTE = 10017;

    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    public RestRouter(SimulatedMarkets markets, TopicHub hub) {
        endpoints.put("/v5/market/time", this::time);
        endpoints.put("/v5/market/instruments-info", new InstrumentsInfo(markets));
        endpoints.put("/v5/market/recent-trade", new RecentTradeQuery(markets));
        endpoints.put("/v5/market/orderbook", new BookQuery(markets, hub));
        endpoints.put("/v5/market/kline", new CandleQuery(markets));
        endpoints.put("/v5/market/delivery-price", new DeliveryPrices(markets));
        endpoints.put("/v5/market/tickers", new Tickers(markets));
        endpoints.put("/v5/system/status", (query, now) -> json.objectNode()
                .putRawValue("list", new RawValue(hub.announcements().rows())));
    }

    /**
     * Answers a GET.
     *
     * @param now milliseconds since 1970
     */
    public RestResponse get(String path, Map<String, String> parameters, long now) {
        Endpoint endpoint = endpoints.get(path);
        if (endpoint == null) {
            return new RestResponse(404, envelope(NO_ROUTE, "Route not found", json.objectNode(), now));
        }
        try {
            return new RestResponse(200, envelope(0, "OK", endpoint.answer(new Query(parameters), now), now));
        } catch (BadQueryException e) {
            return new RestResponse(200, envelope(PARAMETER_ERROR, e.getMessage(), json.objectNode(), now));
        }
    }

    /**
     * The market named by the parameters "category" and "symbol".
     *
     * @param defaultValue category if none is given; null if it is required
     */
    static SimulatedMarket market(SimulatedMarkets markets, Query query, ProductCategory defaultValue)
            throws BadQueryException {
        ProductCategory category = query.category(defaultValue);
        SimulatedMarket market = markets.market(category, query.text("symbol", ""));
        if (market == null) {
            throw new BadQueryException(
                    category == ProductCategory.SPOT ? "Not supported symbols" : "params error: Symbol Invalid");
        }
        return market;
    }

    private JsonNode time(Query query, long now) {
        return json.objectNode().put("timeSecond", Long.toString(now / 1000)).put("timeNano", now + "000000");
    }

    private String envelope(int code, String message, JsonNode result, long now) {
        ObjectNode envelope = json.objectNode().put("retCode", code).put("retMsg", message);
        envelope.set("result", result);
        envelope.set("retExtInfo", json.objectNode());
        return envelope.put("time", now).toString();
    }
}
