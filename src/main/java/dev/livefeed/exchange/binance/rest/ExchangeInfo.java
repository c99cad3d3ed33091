package dev.livefeed.exchange.binance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.Instrument;
import java.util.List;
import java.util.regex.Pattern;

/** {@code exchangeInfo}: the listed symbols, their steps and states. */
final class ExchangeInfo implements BinanceEndpoint {

    private static final long PERPETUAL_DELIVERY = 4_133_404_800_000L;
    private static final long ONBOARD_MILLIS = 800 * 86_400_000L;
    private static final int SPOT_WEIGHT = 6000;
    private static final int FUTURES_WEIGHT = 2400;
    private static final int COIN_DECIMALS = 8;
    private static final Pattern PERMISSIONS = Pattern.compile("[^A-Z_0-9]+");

    @Override
    public EndpointParameters parameters(boolean spot) {
        return spot
                ? EndpointParameters.onlyOptional(
                        "symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus")
                : EndpointParameters.onlyOptional();
    }

    @Override
    public int weight(BinanceQuery query) {
        return query.spot() ? 20 : 1;
    }

    @Override
    public JsonNode answer(BinanceQuery query, long now) throws BinanceRefusal {
        List<MarketData> found =
                query.spot() ? selected(query) : query.markets().of(query.category());
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("timezone", "UTC").put("serverTime", now);
        if (!query.spot()) {
            result.put("futuresType", "U_MARGINED");
        }
        ObjectNode weight = result.putArray("rateLimits").addObject();
        weight.put("rateLimitType", "REQUEST_WEIGHT").put("interval", "MINUTE").put("intervalNum", 1);
        weight.put("limit", query.spot() ? SPOT_WEIGHT : FUTURES_WEIGHT);
        result.putArray("exchangeFilters");
        ArrayNode symbols = result.putArray("symbols");
        long startedAt = query.markets().markets().startedAt();
        boolean permissionSets = !query.text("showPermissionSets").equals("false");
        found.forEach(data -> symbols.add(data.spot() ? spot(data, permissionSets) : futures(data, startedAt)));
        return result;
    }

    /** All symbols have the permission SPOT. */
    private static List<MarketData> selected(BinanceQuery query) throws BinanceRefusal {
        boolean named = query.has("symbol") || query.has("symbols");
        if (named && (query.has("permissions") || query.has("symbolStatus"))) {
            throw BinanceRefusal.combination();
        }
        List<MarketData> selected = SymbolStatus.filter(query, query.selected());
        boolean permitted = !query.has("permissions")
                || PERMISSIONS.splitAsStream(query.text("permissions")).anyMatch("SPOT"::equals);
        return permitted ? selected : List.of();
    }

    private static ObjectNode spot(MarketData data, boolean permissionSets) {
        Instrument instrument = data.market().instrument();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", instrument.symbol())
                .put("status", SymbolStatus.of(data))
                .put("baseAsset", instrument.baseCoin())
                .put("baseAssetPrecision", COIN_DECIMALS)
                .put("quoteAsset", instrument.quoteCoin())
                .put("quotePrecision", COIN_DECIMALS)
                .put("quoteAssetPrecision", COIN_DECIMALS)
                .put("baseCommissionPrecision", COIN_DECIMALS)
                .put("quoteCommissionPrecision", COIN_DECIMALS);
        row.putArray("orderTypes").add("LIMIT").add("LIMIT_MAKER").add("MARKET");
        row.put("icebergAllowed", true)
                .put("ocoAllowed", true)
                .put("otoAllowed", true)
                .put("quoteOrderQtyMarketAllowed", true)
                .put("allowTrailingStop", true)
                .put("cancelReplaceAllowed", true)
                .put("isSpotTradingAllowed", true)
                .put("isMarginTradingAllowed", false);
        filters(row.putArray("filters"), data, "NOTIONAL", "minNotional");
        row.putArray("permissions");
        ArrayNode sets = row.putArray("permissionSets");
        if (permissionSets) {
            sets.addArray().add("SPOT");
        }
        row.put("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        row.putArray("allowedSelfTradePreventionModes").add("EXPIRE_MAKER");
        return row;
    }

    private static ObjectNode futures(MarketData data, long startedAt) {
        Instrument instrument = data.market().instrument();
        long delivery = data.market().deliveryTime();
        long launch = data.market().launchTime();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", instrument.symbol())
                .put("pair", instrument.symbol())
                .put("contractType", "PERPETUAL")
                .put("deliveryDate", delivery == 0 ? PERPETUAL_DELIVERY : delivery)
                .put("onboardDate", launch == 0 ? startedAt - ONBOARD_MILLIS : launch)
                .put("status", SymbolStatus.of(data))
                .put("maintMarginPercent", "2.5000")
                .put("requiredMarginPercent", "5.0000")
                .put("baseAsset", instrument.baseCoin())
                .put("quoteAsset", instrument.quoteCoin())
                .put("marginAsset", instrument.quoteCoin())
                .put("pricePrecision", instrument.tick().scale())
                .put("quantityPrecision", instrument.lot().scale())
                .put("baseAssetPrecision", COIN_DECIMALS)
                .put("quotePrecision", COIN_DECIMALS)
                .put("underlyingType", "COIN");
        row.putArray("underlyingSubType");
        row.put("triggerProtect", "0.0500").put("liquidationFee", "0.012500").put("marketTakeBound", "0.05");
        filters(row.putArray("filters"), data, "MIN_NOTIONAL", "notional");
        row.putArray("orderTypes").add("LIMIT").add("MARKET");
        row.putArray("timeInForce").add("GTC").add("IOC").add("FOK").add("GTX");
        return row;
    }

    private static void filters(ArrayNode filters, MarketData data, String valueFilter, String valueName) {
        Instrument instrument = data.market().instrument();
        long maxLots = instrument.lot().count(instrument.profile().touchSize() * 500);
        filters.addObject()
                .put("filterType", "PRICE_FILTER")
                .put("minPrice", data.numbers().price(1))
                .put("maxPrice", data.numbers().price(19_999_998))
                .put("tickSize", data.numbers().price(1));
        for (String type : List.of("LOT_SIZE", "MARKET_LOT_SIZE")) {
            filters.addObject()
                    .put("filterType", type)
                    .put("minQty", data.numbers().size(1))
                    .put("maxQty", data.numbers().size(maxLots))
                    .put("stepSize", data.numbers().size(1));
        }
        ObjectNode value = filters.addObject().put("filterType", valueFilter);
        if (data.spot()) {
            value.put(valueName, "5.00000000")
                    .put("applyMinToMarket", true)
                    .put("maxNotional", "9000000.00000000")
                    .put("applyMaxToMarket", false)
                    .put("avgPriceMins", 5);
        } else {
            value.put(valueName, "5");
        }
    }
}
