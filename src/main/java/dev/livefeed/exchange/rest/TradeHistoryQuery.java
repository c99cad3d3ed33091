package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.venue.MatchedTrade;
import dev.livefeed.exchange.venue.SimulatedMarket;
import dev.livefeed.exchange.venue.TradeHistory;
import dev.livefeed.exchange.venue.Venue;

/** All trades of a market since a time, as far as its tape reaches: what no venue would tell, for comparing. */
public final class TradeHistoryQuery {

    private static final int MAX_ROWS = 10_000;

    private TradeHistoryQuery() {}

    /**
     * The trades from a time on, oldest first.
     *
     * @param since match time, milliseconds since 1970
     * @param from number of the first trade to look at; a further page starts at "next"
     */
    public static ObjectNode since(SimulatedMarket market, long since, long from, Venue venue) {
        TradeHistory<MatchedTrade> tape = market.tape();
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("category", market.instrument().category().id())
                .put("symbol", market.instrument().symbol())
                .put("made", tape.written())
                .put("oldest", tape.oldest());
        ArrayNode list = result.putArray("list");
        long number = Math.max(from, tape.oldest());
        for (; number < tape.written() && list.size() < MAX_ROWS; number++) {
            MatchedTrade print = tape.get(number);
            if (print.at() >= since) {
                list.add(RecentTradeQuery.row(market, print, venue).put("number", number));
            }
        }
        return result.put("next", number);
    }
}
