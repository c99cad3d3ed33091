package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.venue.Category;
import dev.livefeed.exchange.venue.Market;
import dev.livefeed.exchange.venue.TickerFields;
import dev.livefeed.exchange.venue.Venue;
import java.util.Collection;
import java.util.List;

/** The tickers of one symbol, of a coin's options, or of a whole category. */
final class Tickers implements Endpoint {

    private final Venue venue;

    Tickers(Venue venue) {
        this.venue = venue;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        Category category = query.category(null);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (Market market : markets(category, query)) {
            ObjectNode row = list.addObject();
            TickerFields.ofRest(market, venue, now).forEach(row::put);
        }
        return result;
    }

    private Collection<Market> markets(Category category, Query query) throws BadQueryException {
        if (query.text("symbol", null) != null) {
            return List.of(RestDesk.market(venue, query, null));
        }
        String coin = query.text("baseCoin", null);
        if (category == Category.OPTION && coin == null) {
            throw new BadQueryException("params error: symbol or baseCoin is required");
        }
        return coin == null ? venue.markets(category) : venue.markets(category, coin);
    }
}
