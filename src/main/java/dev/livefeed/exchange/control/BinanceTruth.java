package dev.livefeed.exchange.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.livefeed.exchange.binance.market.AggregateTrade;
import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.rest.TradeLists;
import dev.livefeed.exchange.market.BoundedHistory;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.stream.BookPage;
import java.util.Map;

/** The truth in the terms of Binance, asked for with {@code venue=binance}. */
final class BinanceTruth {

    private static final int MAX_ROWS = 10_000;

    private final BinanceMarkets markets;

    /** @param markets null if the venue is not served */
    BinanceTruth(BinanceMarkets markets) {
        this.markets = markets;
    }

    static boolean isAsked(Map<String, String> parameters) {
        return "binance".equals(parameters.get("venue"));
    }

    /** Up to 1,000 levels a side with an update id, without {@code u} the current ones; null if not recorded. */
    ObjectNode book(Map<String, String> parameters) {
        MarketData data = market(parameters);
        data.startRecording();
        BookPage page = data.pageAt(ControlEndpoint.number(parameters, "u", -1));
        if (page == null) {
            return null;
        }
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", data.symbol())
                .put("u", page.updateId())
                .put("cts", page.changedAt());
        int depth = (int) ControlEndpoint.number(parameters, "depth", Integer.MAX_VALUE);
        result.putRawValue("b", new RawValue("[" + first(page.bids(), depth) + "]"));
        return result.putRawValue("a", new RawValue("[" + first(page.asks(), depth) + "]"));
    }

    private static String first(String levels, int depth) {
        int end = -1;
        for (int i = 0; i < depth; i++) {
            end = levels.indexOf(']', end + 1);
            if (end < 0) {
                return levels;
            }
        }
        return levels.substring(0, end + 1);
    }

    /** All kept trades since a time, oldest first: aggregate ones, or single ones with {@code single=true}. */
    ObjectNode trades(Map<String, String> parameters) {
        MarketData data = market(parameters);
        long since = ControlEndpoint.number(parameters, "since", 0);
        long from = ControlEndpoint.number(parameters, "from", 0);
        boolean single = Boolean.parseBoolean(parameters.get("single"));
        BoundedHistory<?> all = single ? data.trades() : data.aggregates();
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", data.symbol())
                .put("made", all.written())
                .put("oldest", all.oldest());
        ArrayNode list = result.putArray("list");
        long number = Math.max(from, all.oldest());
        for (; number < all.written() && list.size() < MAX_ROWS; number++) {
            if (all.get(number) instanceof MatchedTrade trade && trade.at() >= since) {
                list.add(TradeLists.row(data, trade));
            } else if (all.get(number) instanceof AggregateTrade trade && trade.at() >= since) {
                list.add(TradeLists.row(data, trade));
            }
        }
        return result.put("next", number);
    }

    private MarketData market(Map<String, String> parameters) {
        if (markets == null) {
            throw new IllegalArgumentException("this exchange does not serve binance; start it with --venue binance");
        }
        String category = parameters.getOrDefault("category", "spot");
        MarketData data = ProductCategory.of(category)
                .map(known -> markets.known(known, parameters.getOrDefault("symbol", "")))
                .orElse(null);
        if (data == null) {
            throw new IllegalArgumentException(
                    "no symbol \"" + parameters.get("symbol") + "\" in category \"" + category + "\" of binance");
        }
        return data;
    }
}
