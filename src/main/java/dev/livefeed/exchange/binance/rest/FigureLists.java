package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.binance.market.MarketFigures;
import java.util.function.BiFunction;

/** FigureLists of one symbol, or of all as a list: of the last day, best prices, last prices, mark prices. */
final class FigureLists implements BinanceEndpoint {

    private final int weightOfOne;
    private final int weightOfAll;
    private final BiFunction<MarketData, MarketFigures, ObjectNode> row;

    private FigureLists(int weightOfOne, int weightOfAll, BiFunction<MarketData, MarketFigures, ObjectNode> row) {
        this.weightOfOne = weightOfOne;
        this.weightOfAll = weightOfAll;
        this.row = row;
    }

    /** {@code ticker/24hr}. */
    static BinanceEndpoint ofDay() {
        return new FigureLists(2, 80, (data, figures) -> {
            ObjectNode row = named(data)
                    .put("priceChange", figures.change())
                    .put("priceChangePercent", figures.changePercent())
                    .put("weightedAvgPrice", figures.average())
                    .put("lastPrice", figures.last())
                    .put("lastQty", figures.lastSize());
            if (data.spot()) {
                row.put("prevClosePrice", figures.open());
                touch(row, figures);
            }
            return row.put("openPrice", figures.open())
                    .put("highPrice", figures.high())
                    .put("lowPrice", figures.low())
                    .put("volume", figures.volume())
                    .put("quoteVolume", figures.turnover())
                    .put("firstId", figures.firstId())
                    .put("lastId", figures.lastId())
                    .put("count", figures.trades());
        });
    }

    /** {@code ticker/bookTicker}. */
    static BinanceEndpoint ofTouch() {
        return new FigureLists(2, 5, (data, figures) -> touch(named(data), figures));
    }

    /** {@code ticker/price}. */
    static BinanceEndpoint ofPrice() {
        return new FigureLists(2, 4, (data, figures) -> named(data).put("price", figures.last()));
    }

    /** {@code premiumIndex}. */
    static BinanceEndpoint ofMark() {
        return new FigureLists(1, 10, (data, figures) -> named(data)
                .put("markPrice", figures.mark())
                .put("indexPrice", figures.index())
                .put("estimatedSettlePrice", figures.mark())
                .put("lastFundingRate", figures.fundingRate())
                .put("interestRate", figures.fundingRate())
                .put("nextFundingTime", figures.nextFunding()));
    }

    private static ObjectNode named(MarketData data) {
        return JsonNodeFactory.instance.objectNode().put("symbol", data.symbol());
    }

    private static ObjectNode touch(ObjectNode row, MarketFigures figures) {
        return row.put("bidPrice", figures.bid())
                .put("bidQty", figures.bidSize())
                .put("askPrice", figures.ask())
                .put("askQty", figures.askSize());
    }

    @Override
    public int weight(BinanceQuery query) {
        return query.has("symbol") ? weightOfOne : weightOfAll;
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        if (query.has("symbol")) {
            return one(query.market(), now);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        query.markets().of(query.category()).forEach(data -> rows.add(one(data, now)));
        return rows;
    }

    private ObjectNode one(MarketData data, long now) {
        ObjectNode made = row.apply(data, MarketFigures.of(data, now));
        return data.spot() ? made : made.put("time", now);
    }
}
