package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.market.MarketFigures;
import java.util.List;

/** Figures of one symbol, of several on spot, or of all: of the last day, best prices, last prices, mark prices. */
class FigureLists implements BinanceEndpoint {

    private static final String TYPE = "type";
    private static final int SOME_SYMBOLS = 20;
    private static final int MANY_SYMBOLS = 100;

    private final Weights spot;
    private final Weights futures;
    private final FigureRow row;

    /** Weights of requests for one symbol, for up to 20, for up to 100, and for more or all. */
    private record Weights(int one, int some, int many, int all) {}

    /** Writes the figures of a market. */
    private interface FigureRow {
        ObjectNode of(BinanceQuery query, MarketData data, MarketFigures figures);
    }

    private FigureLists(Weights spot, Weights futures, FigureRow row) {
        this.spot = spot;
        this.futures = futures;
        this.row = row;
    }

    /** {@code ticker/24hr}. */
    static BinanceEndpoint ofDay() {
        return new FigureLists(
                new Weights(2, 2, 40, 80),
                new Weights(1, 40, 40, 40),
                (query, data, figures) -> mini(query) ? miniDay(data, figures) : day(data, figures)) {

            @Override
            public EndpointParameters parameters(boolean spot) {
                return spot
                        ? EndpointParameters.onlyOptional("symbol", "symbols", TYPE, "symbolStatus")
                        : super.parameters(false);
            }

            @Override
            public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
                if (query.spot()
                        && query.has(TYPE)
                        && !mini(query)
                        && !query.text(TYPE).equals("FULL")) {
                    throw new BinanceRefusal(-1139, "Invalid ticker type.");
                }
                return super.answer(query, now);
            }
        };
    }

    private static boolean mini(BinanceQuery query) {
        return query.spot() && query.text(TYPE).equals("MINI");
    }

    private static ObjectNode day(MarketData data, MarketFigures figures) {
        ObjectNode row = named(data)
                .put("priceChange", figures.change())
                .put("priceChangePercent", figures.changePercent())
                .put("weightedAvgPrice", figures.average());
        if (data.spot()) {
            row.put("prevClosePrice", figures.open());
        }
        row.put("lastPrice", figures.last()).put("lastQty", figures.lastSize());
        return traded(data.spot() ? touch(row, figures) : row, figures);
    }

    private static ObjectNode miniDay(MarketData data, MarketFigures figures) {
        return traded(named(data).put("lastPrice", figures.last()), figures);
    }

    private static ObjectNode traded(ObjectNode row, MarketFigures figures) {
        return row.put("openPrice", figures.open())
                .put("highPrice", figures.high())
                .put("lowPrice", figures.low())
                .put("volume", figures.volume())
                .put("quoteVolume", figures.turnover())
                .put("openTime", figures.openTime())
                .put("closeTime", figures.closeTime())
                .put("firstId", figures.firstId())
                .put("lastId", figures.lastId())
                .put("count", figures.trades());
    }

    /** {@code ticker/bookTicker}. */
    static BinanceEndpoint ofTouch() {
        return new FigureLists(
                new Weights(2, 4, 4, 4),
                new Weights(2, 5, 5, 5),
                (query, data, figures) -> timed(data, touch(named(data), figures), figures));
    }

    /** {@code ticker/price}. */
    static BinanceEndpoint ofPrice() {
        return new FigureLists(
                new Weights(2, 4, 4, 4),
                new Weights(1, 2, 2, 2),
                (query, data, figures) -> timed(data, named(data).put("price", figures.last()), figures));
    }

    /** {@code premiumIndex}, of futures only. */
    static BinanceEndpoint ofMark() {
        Weights weights = new Weights(1, 10, 10, 10);
        return new FigureLists(
                weights,
                weights,
                (query, data, figures) -> timed(
                        data,
                        named(data)
                                .put("markPrice", figures.mark())
                                .put("indexPrice", figures.index())
                                .put("estimatedSettlePrice", figures.mark())
                                .put("lastFundingRate", figures.fundingRate())
                                .put("interestRate", figures.fundingRate())
                                .put("nextFundingTime", figures.nextFunding()),
                        figures));
    }

    private static ObjectNode named(MarketData data) {
        return JsonNodeFactory.instance.objectNode().put("symbol", data.symbol());
    }

    private static ObjectNode timed(MarketData data, ObjectNode row, MarketFigures figures) {
        return data.spot() ? row : row.put("time", figures.closeTime());
    }

    private static ObjectNode touch(ObjectNode row, MarketFigures figures) {
        return row.put("bidPrice", figures.bid())
                .put("bidQty", figures.bidSize())
                .put("askPrice", figures.ask())
                .put("askQty", figures.askSize());
    }

    @Override
    public EndpointParameters parameters(boolean onSpot) {
        return onSpot
                ? EndpointParameters.onlyOptional("symbol", "symbols", "symbolStatus")
                : EndpointParameters.onlyOptional("symbol");
    }

    @Override
    public int weight(BinanceQuery query) {
        Weights weights = query.spot() ? spot : futures;
        if (query.has("symbol")) {
            return weights.one();
        }
        if (!query.spot() || !query.has("symbols")) {
            return weights.all();
        }
        int count = SymbolsParameter.count(query.text("symbols"));
        return count <= SOME_SYMBOLS ? weights.some() : count <= MANY_SYMBOLS ? weights.many() : weights.all();
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        List<MarketData> selected = query.selected();
        if (query.has("symbol")) {
            SymbolStatus.check(query, selected.get(0));
            return one(query, selected.get(0), now);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        SymbolStatus.filter(query, selected).forEach(data -> rows.add(one(query, data, now)));
        return rows;
    }

    private ObjectNode one(BinanceQuery query, MarketData data, long now) {
        return row.of(query, data, MarketFigures.of(data, now));
    }
}
