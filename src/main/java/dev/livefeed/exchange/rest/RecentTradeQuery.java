package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.OptionQuote;
import dev.livefeed.exchange.market.OptionSeries;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The latest trades, newest first, with the same ids as on the stream. */
final class RecentTradeQuery implements Endpoint {

    private final SimulatedMarkets markets;

    RecentTradeQuery(SimulatedMarkets markets) {
        this.markets = markets;
    }

    private record MarketTrade(SimulatedMarket market, MatchedTrade trade) {}

    @Override
    public JsonNode answer(Query query, long now) throws BadQueryException {
        ProductCategory category = query.category(null);
        int limit = (int) query.number("limit", category.defaultRecentTrades(), 1, category.maxRecentTrades());
        List<MarketTrade> trades = new ArrayList<>();
        for (SimulatedMarket market : markets(category, query)) {
            market.trades().last(limit).forEach(trade -> trades.add(new MarketTrade(market, trade)));
        }
        trades.sort(Comparator.comparingLong((MarketTrade t) -> t.trade().sequence())
                .thenComparingLong(t -> t.trade().number())
                .reversed());
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("category", category.id());
        ArrayNode list = result.putArray("list");
        trades.stream().limit(limit).forEach(trade -> list.add(row(trade)));
        return result;
    }

    /** Options may be requested by base coin and option type instead of by symbol. */
    private List<SimulatedMarket> markets(ProductCategory category, Query query) throws BadQueryException {
        if (category != ProductCategory.OPTION || query.text("symbol", null) != null) {
            return List.of(RestRouter.market(markets, query, null));
        }
        String right = query.text("optionType", null);
        return markets.of(category, query.text("baseCoin", "BTC")).stream()
                .filter(market -> right == null
                        || OptionSeries.terms(market.instrument().symbol())
                                        .orElseThrow()
                                        .call()
                                == right.equals("Call"))
                .toList();
    }

    private ObjectNode row(MarketTrade trade) {
        return row(trade.market(), trade.trade(), markets);
    }

    /** A trade in the venue's format. */
    static ObjectNode row(SimulatedMarket market, MatchedTrade trade, SimulatedMarkets markets) {
        Instrument instrument = market.instrument();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("execId", trade.id())
                .put("symbol", instrument.symbol())
                .put("price", instrument.priceText(trade.ticks()))
                .put("size", instrument.sizeText(trade.lots()))
                .put("side", trade.buy() ? "Buy" : "Sell")
                .put("time", Long.toString(trade.at()))
                .put("isBlockTrade", false)
                .put("isRPITrade", false);
        if (instrument.category() == ProductCategory.OPTION) {
            OptionQuote quote = OptionQuote.of(market, markets);
            row.put("mP", quote.markPrice())
                    .put("iP", quote.indexPrice())
                    .put("mIv", quote.volatility())
                    .put("iv", quote.volatility());
        }
        return row.put("seq", Long.toString(trade.sequence()));
    }
}
