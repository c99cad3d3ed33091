package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.BoundedHistory;
import dev.livefeed.exchange.market.MatchedTrade;
import dev.livefeed.exchange.market.SimulatedMarket;
import dev.livefeed.exchange.market.SimulatedMarkets;

/** All kept trades of a market since a time, to compare a client with. Not part of the venue's interface. */
public final class TradeLog {

    private static final int MAX_ROWS = 10_000;

    private TradeLog() {}

    /**
     * The trades since a time, oldest first.
     *
     * @param since match time, milliseconds since 1970
     * @param from number of the first trade; the "next" of the previous page
     */
    public static ObjectNode since(SimulatedMarket market, long since, long from, SimulatedMarkets markets) {
        BoundedHistory<MatchedTrade> trades = market.trades();
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("category", market.instrument().category().id())
                .put("symbol", market.instrument().symbol())
                .put("made", trades.written())
                .put("oldest", trades.oldest());
        ArrayNode list = result.putArray("list");
        long number = Math.max(from, trades.oldest());
        for (; number < trades.written() && list.size() < MAX_ROWS; number++) {
            MatchedTrade trade = trades.get(number);
            if (trade.at() >= since) {
                list.add(RecentTradeQuery.row(market, trade, markets).put("number", number));
            }
        }
        return result.put("next", number);
    }
}
