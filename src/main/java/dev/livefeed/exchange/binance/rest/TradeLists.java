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
    private static final int WINDOW = -4166;
    /** How far back futures look for trades by time. */
    private static final long WINDOW_MILLIS = 2 * 86_400_000L;

    private TradeLists() {}

    /** {@code aggTrades}: from an id, from a time, or the latest. */
    static BinanceEndpoint aggregates() {
        return new BinanceEndpoint() {
            @Override
            public EndpointParameters parameters(boolean spot) {
                return EndpointParameters.ofSymbol("fromId", "startTime", "endTime", "limit");
            }

            @Override
            public int weight(BinanceQuery query) {
                return query.spot() ? 4 : 20;
            }

            @Override
            public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
                return aggregates(query, now);
            }
        };
    }

    private static ArrayNode aggregates(BinanceQuery query, long now) throws BinanceRefusal {
        MarketData data = query.market();
        int limit = query.limit(DEFAULT_ROWS, MAX_ROWS);
        BoundedHistory<AggregateTrade> all = data.aggregates();
        boolean timed = query.has("startTime") || query.has("endTime");
        if (query.has("fromId") && timed) {
            throw BinanceRefusal.combination();
        }
        long startTime = query.time("startTime", 0);
        long endTime = query.time("endTime", Long.MAX_VALUE);
        query.checkPeriod(startTime, endTime);
        if (!query.spot() && query.has("startTime") && startTime < now - WINDOW_MILLIS) {
            throw new BinanceRefusal(WINDOW, "Search window is restricted to recent 2 days only.");
        }
        long from = Math.max(all.oldest(), all.written() - limit);
        if (query.has("fromId")) {
            from = data.aggregateNumber(query.number("fromId", 0));
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
            public EndpointParameters parameters(boolean spot) {
                return historical
                        ? EndpointParameters.ofSymbol("limit", "fromId")
                        : EndpointParameters.ofSymbol("limit");
            }

            @Override
            public int weight(BinanceQuery query) {
                return query.spot() ? 25 : historical ? 20 : 5;
            }

            @Override
            public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
                MarketData data = query.market();
                int limit = query.limit(DEFAULT_ROWS, MAX_ROWS);
                BoundedHistory<MatchedTrade> all = data.trades();
                long from = historical && query.has("fromId")
                        ? data.tradeNumber(query.number("fromId", 0))
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
