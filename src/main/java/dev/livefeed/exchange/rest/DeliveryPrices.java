package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.venue.MarketState;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.Venue;

/** The settlement prices of delivered contracts. */
final class DeliveryPrices implements Endpoint {

    private final Venue venue;

    DeliveryPrices(Venue venue) {
        this.venue = venue;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        String symbol = query.text("symbol", null);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (SimulatedMarket market : venue.markets(category)) {
            boolean wanted = symbol == null || symbol.equals(market.instrument().symbol());
            if (wanted && (market.state() == MarketState.DELIVERING || market.state() == MarketState.CLOSED)) {
                list.addObject()
                        .put("symbol", market.instrument().symbol())
                        .put("deliveryPrice", market.instrument().priceText(market.settlementTicks()))
                        .put("deliveryTime", Long.toString(market.deliveryTime()));
            }
        }
        return result.put("nextPageCursor", "");
    }
}
