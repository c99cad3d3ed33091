package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.TickerRow;
import dev.livefeed.exchange.venue.Venue;
import java.util.Collection;
import java.util.List;

/** The tickers of a symbol, of a base coin or of a whole category. */
final class Tickers implements Endpoint {

    private final Venue venue;

    Tickers(Venue venue) {
        this.venue = venue;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (SimulatedMarket market : markets(category, query)) {
            ObjectNode row = list.addObject();
            TickerRow.ofRest(market, venue, now).forEach(row::put);
        }
        return result;
    }

    private Collection<SimulatedMarket> markets(ProductCategory category, Query query) throws BadQueryException {
        if (query.text("symbol", null) != null) {
            return List.of(RestRouter.market(venue, query, null));
        }
        String coin = query.text("baseCoin", null);
        if (category == ProductCategory.OPTION && coin == null) {
            throw new BadQueryException("params error: symbol or baseCoin is required");
        }
        return coin == null ? venue.markets(category) : venue.markets(category, coin);
    }
}
