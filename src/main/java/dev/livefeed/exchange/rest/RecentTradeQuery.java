package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.venue.Instrument;
import dev.livefeed.exchange.venue.MatchedTrade;
import dev.livefeed.exchange.venue.OptionQuote;
import dev.livefeed.exchange.venue.OptionSeries;
import dev.livefeed.exchange.venue.ProductCategory;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.Venue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The last trades, newest first, with the ids they had on the stream. */
final class RecentTradeQuery implements Endpoint {

    private final Venue venue;

    RecentTradeQuery(Venue venue) {
        this.venue = venue;
    }

    private record Traded(SimulatedMarket market, MatchedTrade print) {}

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        int limit = (int) query.number("limit", category.defaultRecentTrades(), 1, category.maxRecentTrades());
        List<Traded> trades = new ArrayList<>();
        for (SimulatedMarket market : markets(category, query)) {
            market.tape().last(limit).forEach(print -> trades.add(new Traded(market, print)));
        }
        trades.sort(Comparator.comparingLong((Traded t) -> t.print().sequence())
                .thenComparingLong(t -> t.print().number())
                .reversed());
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        trades.stream().limit(limit).forEach(trade -> list.add(row(trade)));
        return result;
    }

    /** Options are asked for by base coin, in part or all of one contract. */
    private List<SimulatedMarket> markets(ProductCategory category, Query query) throws BadQueryException {
        if (category != ProductCategory.OPTION || query.text("symbol", null) != null) {
            return List.of(RestRouter.market(venue, query, null));
        }
        String right = query.text("optionType", null);
        return venue.markets(category, query.text("baseCoin", "BTC")).stream()
                .filter(market -> right == null
                        || OptionSeries.terms(market.instrument().symbol())
                                        .orElseThrow()
                                        .call()
                                == right.equals("Call"))
                .toList();
    }

    private ObjectNode row(Traded trade) {
        return row(trade.market(), trade.print(), venue);
    }

    /** One trade as the venue lists it. */
    static ObjectNode row(SimulatedMarket market, MatchedTrade print, Venue venue) {
        Instrument instrument = market.instrument();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("execId", print.id())
                .put("symbol", instrument.symbol())
                .put("price", instrument.priceText(print.ticks()))
                .put("size", instrument.sizeText(print.lots()))
                .put("side", print.buy() ? "Buy" : "Sell")
                .put("time", Long.toString(print.at()))
                .put("isBlockTrade", false)
                .put("isRPITrade", false);
        if (instrument.category() == ProductCategory.OPTION) {
            OptionQuote quote = OptionQuote.of(market, venue);
            row.put("mP", quote.markPrice())
                    .put("iP", quote.indexPrice())
                    .put("mIv", quote.volatility())
                    .put("iv", quote.volatility());
        }
        return row.put("seq", Long.toString(print.sequence()));
    }
}
