package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.market.TickerRow;
import java.util.Collection;
import java.util.List;

/** The tickers of a symbol, of a base coin or of a whole category. */
final class Tickers implements Endpoint {

    private final SimulatedMarkets markets;

    Tickers(SimulatedMarkets markets) {
        this.markets = markets;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (SimulatedMarket market : markets(category, query)) {
            ObjectNode row = list.addObject();
            TickerRow.ofRest(market, markets, now).forEach(row::put);
        }
        return result;
    }

    private Collection<SimulatedMarket> markets(ProductCategory category, Query query) throws BadQueryException {
        if (query.text("symbol", null) != null) {
            return List.of(RestRouter.market(markets, query, null));
        }
        String coin = query.text("baseCoin", null);
        if (category == ProductCategory.OPTION && coin == null) {
            throw new BadQueryException("params error: symbol or baseCoin is required");
        }
        return coin == null ? markets.of(category) : markets.of(category, coin);
    }
}
