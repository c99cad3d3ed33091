package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import dev.livefeed.exchange.stream.BookPage;
import dev.livefeed.exchange.stream.TopicHub;

/** The book as last published by the deepest topic, with that topic's update id. */
final class BookQuery implements Endpoint {

    private final SimulatedMarkets markets;
    private final TopicHub hub;

    BookQuery(SimulatedMarkets markets, TopicHub hub) {
        this.markets = markets;
        this.hub = hub;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        SimulatedMarket market = RestRouter.market(markets, query, null);
        var category = market.instrument().category();
        int limit = (int) query.number("limit", category.defaultRestDepth(), 1, category.maxRestDepth());
        BookPage page = hub.page(market, limit);
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("s", market.instrument().symbol());
        result.putRawValue("b", new RawValue("[" + page.bids() + "]"));
        result.putRawValue("a", new RawValue("[" + page.asks() + "]"));
        return result.put("ts", now)
                .put("u", page.updateId())
                .put("seq", page.sequence())
                .put("cts", page.changedAt());
    }
}
