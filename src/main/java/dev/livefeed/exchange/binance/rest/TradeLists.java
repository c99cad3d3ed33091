package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.binance.market.AggregateTrade;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.BoundedHistory;
import dev.livefeed.exchange.market.DecimalText;
import dev.livefeed.exchange.market.MatchedTrade;

/** Lists of trades, oldest first. */
public final class TradeLists {

    private static final int MAX_ROWS = 1000;
    private static final int DEFAULT_ROWS = 500;
    private static final int COMBINATION = -1128;

    private TradeLists() {}

    /** {@code aggTrades}: from an id, from a time, or the latest. */
    static BinanceEndpoint aggregates() {
        return new BinanceEndpoint() {
            @Override
            public int weight(BinanceQuery query) {
                return query.spot() ? 4 : 20;
            }

            @Override
            public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
                return aggregates(query);
            }
        };
    }

    private static ArrayNode aggregates(BinanceQuery query) throws BinanceRefusal {
        MarketData data = query.market();
        int limit = (int) query.number("limit", DEFAULT_ROWS, MAX_ROWS);
        BoundedHistory<AggregateTrade> all = data.aggregates();
        boolean timed = query.has("startTime") || query.has("endTime");
        if (query.has("fromId") && timed) {
            throw new BinanceRefusal(COMBINATION, "Combination of optional parameters invalid.");
        }
        long startTime = query.number("startTime", 0, Long.MAX_VALUE);
        long endTime = query.number("endTime", Long.MAX_VALUE, Long.MAX_VALUE);
        long from = Math.max(all.oldest(), all.written() - limit);
        if (query.has("fromId")) {
            from = data.aggregateNumber(query.number("fromId", 0, Long.MAX_VALUE));
        } else if (query.has("startTime")) {
            from = firstAtOrAfter(all, startTime);
        } else if (query.has("endTime")) {
            from = Math.max(all.oldest(), firstAtOrAfter(all, endTime + 1) - limit);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (long i = from;
                i < all.written() && rows.size() < limit && all.get(i).at() <= endTime;
                i++) {
            rows.add(row(data, all.get(i)));
        }
        return rows;
    }

    private static long firstAtOrAfter(BoundedHistory<AggregateTrade> all, long time) {
        long number = all.written();
        while (number > all.oldest() && all.get(number - 1).at() >= time) {
            number--;
        }
        return number;
    }

    /** {@code trades} and {@code historicalTrades}: from an id, or the latest. */
    static BinanceEndpoint trades(boolean historical) {
        return new BinanceEndpoint() {
            @Override
            public int weight(BinanceQuery query) {
                return query.spot() ? 25 : historical ? 20 : 5;
            }

            @Override
            public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
                MarketData data = query.market();
                int limit = (int) query.number("limit", DEFAULT_ROWS, MAX_ROWS);
                BoundedHistory<MatchedTrade> all = data.trades();
                long from = historical && query.has("fromId")
                        ? data.tradeNumber(query.number("fromId", 0, Long.MAX_VALUE))
                        : Math.max(all.oldest(), all.written() - limit);
                ArrayNode rows = JsonNodeFactory.instance.arrayNode();
                for (long i = from; i < all.written() && rows.size() < limit; i++) {
                    rows.add(row(data, all.get(i)));
                }
                return rows;
            }
        };
    }

    /** An aggregate trade in the venue's form. */
    public static ObjectNode row(MarketData data, AggregateTrade trade) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("a", trade.id())
                .put("p", data.numbers().price(trade.ticks()))
                .put("q", data.numbers().size(trade.lots()));
        if (!data.spot()) {
            row.put("nq", data.numbers().size(trade.lots()));
        }
        row.put("f", trade.firstId())
                .put("l", trade.lastId())
                .put("T", trade.at())
                .put("m", !trade.buy());
        return data.spot() ? row.put("M", true) : row;
    }

    /** A single trade in the venue's form. */
    public static ObjectNode row(MarketData data, MatchedTrade trade) {
        var instrument = data.market().instrument();
        double value =
                instrument.tick().value() * trade.ticks() * instrument.lot().value() * trade.lots();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("id", data.tradeId(trade.number()))
                .put("price", data.numbers().price(trade.ticks()))
                .put("qty", data.numbers().size(trade.lots()))
                .put("quoteQty", DecimalText.padded(value, 8))
                .put("time", trade.at())
                .put("isBuyerMaker", !trade.buy());
        return data.spot() ? row.put("isBestMatch", true) : row;
    }
}
