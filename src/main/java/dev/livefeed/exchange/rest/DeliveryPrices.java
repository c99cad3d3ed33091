package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;

/** The settlement prices of delivered contracts. */
final class DeliveryPrices implements Endpoint {

    private final SimulatedMarkets markets;

    DeliveryPrices(SimulatedMarkets markets) {
        this.markets = markets;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        String symbol = query.text("symbol", null);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (SimulatedMarket market : markets.of(category)) {
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
