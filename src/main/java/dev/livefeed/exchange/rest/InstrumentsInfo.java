package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.MarketState;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.List;

/** The listed instruments, in pages. */
final class InstrumentsInfo implements Endpoint {

    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1000;
    private static final String CURSOR_PREFIX = "after%3A";

    private final SimulatedMarkets markets;

    InstrumentsInfo(SimulatedMarkets markets) {
        this.markets = markets;
    }

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        int limit = (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        int from = from(query);
        List<SimulatedMarket> found = found(category, query);
        // Spot has no pages and ignores the limit.
        int end = category == ProductCategory.SPOT ? found.size() : (int) Math.min(found.size(), (long) from + limit);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        for (int i = category == ProductCategory.SPOT ? 0 : Math.min(from, end); i < end; i++) {
            list.add(InstrumentRow.of(found.get(i), markets.startedAt()));
        }
        if (category != ProductCategory.SPOT) {
            result.put("nextPageCursor", end < found.size() ? CURSOR_PREFIX + end : "");
        }
        return result;
    }

    private List<SimulatedMarket> found(ProductCategory category, Query query) throws BadQueryException {
        String status = query.text("status", "Trading");
        if (!List.of("PreLaunch", "Trading", "Delivering", "Closed").contains(status)) {
            throw new BadQueryException("params error: status invalid");
        }
        if (query.text("symbol", null) != null) {
            return List.of(RestRouter.market(markets, query, null));
        }
        String coin = query.text("baseCoin", category == ProductCategory.OPTION ? "BTC" : null);
        return (coin == null ? markets.of(category) : markets.of(category, coin))
                .stream()
                        .filter(market -> listed(category, market.state(), query.text("status", null)))
                        .toList();
    }

    /**
     * Spot ignores the status filter and never lists what is closed; without a filter, futures are listed while they
     * trade and options until their delivery. What is halted is among those that trade.
     */
    private static boolean listed(ProductCategory category, MarketState state, String filter) {
        if (category == ProductCategory.SPOT || (category == ProductCategory.OPTION && filter == null)) {
            return state != MarketState.CLOSED;
        }
        String status = state == MarketState.HALTED ? "Trading" : state.status();
        return status.equals(filter == null ? "Trading" : filter);
    }

    private static int from(Query query) throws BadQueryException {
        String cursor = query.text("cursor", null);
        if (cursor == null) {
            return 0;
        }
        // Clients return the cursor as it is or URL-encoded again.
        String number = cursor.replace(CURSOR_PREFIX, "").replace("after:", "");
        if (!number.matches("\\d{1,6}")) {
            throw new BadQueryException("params error: cursor invalid");
        }
        return Integer.parseInt(number);
    }
}
