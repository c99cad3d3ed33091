package dev.livefeed.exchange.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.livefeed.exchange.market.Instrument;
import dev.livefeed.exchange.market.OptionSeries;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.exchange.market.SimulatedMarket;

/** An instrument in the venue's format, which differs by category. */
final class InstrumentRow {

    private static final long DAY = 86_400_000L;
    private static final long LAUNCHED_DAYS_AGO = 800;

    private InstrumentRow() {}

    static ObjectNode of(SimulatedMarket market, long startedAt) {
        Instrument instrument = market.instrument();
        ObjectNode row =
                switch (instrument.category()) {
                    case SPOT -> spot(instrument);
                    case OPTION -> option(instrument, startedAt);
                    default -> futures(instrument, startedAt);
                };
        row.put("status", market.state().status());
        if (instrument.category() == ProductCategory.SPOT) {
            return row;
        }
        row.put("deliveryTime", Long.toString(market.deliveryTime()));
        if (market.launchTime() > 0) {
            row.put("launchTime", Long.toString(market.launchTime()));
        }
        String phase = market.state().auctionPhase();
        if (phase != null) {
            row.put("isPreListing", true);
            row.putObject("preListingInfo").put("curAuctionPhase", phase).putArray("phases");
        }
        return row;
    }

    private static ObjectNode futures(Instrument instrument, long startedAt) {
        boolean inverse = instrument.settleCoin().equals(instrument.baseCoin());
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", instrument.symbol())
                .put("contractType", inverse ? "InversePerpetual" : "LinearPerpetual")
                .put("status", "Trading")
                .put("baseCoin", instrument.baseCoin())
                .put("quoteCoin", instrument.quoteCoin())
                .put("launchTime", launch(startedAt))
                .put("deliveryTime", "0")
                .put("deliveryFeeRate", "")
                .put("priceScale", Integer.toString(instrument.tick().scale()));
        row.putObject("leverageFilter")
                .put("minLeverage", "1")
                .put("maxLeverage", "100.00")
                .put("leverageStep", "0.01");
        row.putObject("priceFilter")
                .put("minPrice", instrument.tick().text())
                .put("maxPrice", instrument.tick().text(19_999_998, false))
                .put("tickSize", instrument.tick().text());
        String max = lots(instrument, 500);
        row.putObject("lotSizeFilter")
                .put("maxOrderQty", max)
                .put("minOrderQty", instrument.lot().text())
                .put("qtyStep", instrument.lot().text())
                .put("postOnlyMaxOrderQty", max)
                .put("maxMktOrderQty", lots(instrument, 100))
                .put("minNotionalValue", "5");
        row.put("unifiedMarginTrade", true)
                .put("fundingInterval", 480)
                .put("settleCoin", instrument.settleCoin())
                .put("copyTrading", inverse ? "none" : "both")
                .put("upperFundingRate", "0.00333")
                .put("lowerFundingRate", "-0.00333")
                .put("isPreListing", false)
                .putNull("preListingInfo");
        row.putObject("riskParameters").put("priceLimitRatioX", "0.01").put("priceLimitRatioY", "0.02");
        return row.put("displayName", "").put("symbolType", "");
    }

    private static ObjectNode spot(Instrument instrument) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", instrument.symbol())
                .put("baseCoin", instrument.baseCoin())
                .put("quoteCoin", instrument.quoteCoin())
                .put("innovation", "0")
                .put("status", "Trading")
                .put("marginTrading", "utaOnly")
                .put("stTag", "0");
        row.putObject("lotSizeFilter")
                .put("basePrecision", instrument.lot().text())
                .put("quotePrecision", "0.0000001")
                .put("minOrderQty", instrument.lot().text())
                .put("maxOrderQty", lots(instrument, 500))
                .put("minOrderAmt", "5")
                .put("maxOrderAmt", "8000000")
                .put("maxLimitOrderQty", lots(instrument, 500))
                .put("maxMarketOrderQty", lots(instrument, 100))
                .put("postOnlyMaxLimitOrderSize", lots(instrument, 500));
        row.putObject("priceFilter").put("tickSize", instrument.tick().text());
        row.putObject("riskParameters").put("priceLimitRatioX", "0.01").put("priceLimitRatioY", "0.01");
        return row.put("symbolType", "");
    }

    private static ObjectNode option(Instrument instrument, long startedAt) {
        OptionSeries.Terms terms = OptionSeries.terms(instrument.symbol()).orElseThrow();
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", instrument.symbol())
                .put("status", "Trading")
                .put("baseCoin", instrument.baseCoin())
                .put("quoteCoin", instrument.quoteCoin())
                .put("settleCoin", instrument.settleCoin())
                .put("optionsType", terms.call() ? "Call" : "Put")
                .put("launchTime", Long.toString(startedAt / DAY * DAY - 30 * DAY))
                .put("deliveryTime", Long.toString(terms.deliveryTime()))
                .put("deliveryFeeRate", "0.00015");
        row.putObject("priceFilter")
                .put("minPrice", instrument.tick().text())
                .put("maxPrice", instrument.tick().text(222_000, false))
                .put("tickSize", instrument.tick().text());
        row.putObject("lotSizeFilter")
                .put("maxOrderQty", lots(instrument, 100))
                .put("minOrderQty", instrument.lot().text())
                .put("qtyStep", instrument.lot().text());
        return row.put("displayName", instrument.symbol());
    }

    private static String launch(long startedAt) {
        return Long.toString(startedAt / DAY * DAY - LAUNCHED_DAYS_AGO * DAY);
    }

    private static String lots(Instrument instrument, double touches) {
        return instrument.lot().text(instrument.lot().count(instrument.profile().touchSize() * touches), false);
    }
}
