package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.ProductCategory;
import java.util.Map;

/** The parameters of a request to one of the markets, validated when they are read. */
record BinanceQuery(ProductCategory category, Map<String, String> parameters, BinanceMarkets markets) {

    private static final int MANDATORY = -1102;
    private static final int ILLEGAL = -1100;
    private static final int SYMBOL = -1121;

    boolean spot() {
        return category == ProductCategory.SPOT;
    }

    boolean has(String name) {
        return !parameters.getOrDefault(name, "").isEmpty();
    }

    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** A whole number of at least 0; a value above the maximum is reduced to it. */
    long number(String name, long otherwise, long max) throws BinanceRefusal {
        if (!has(name)) {
            return otherwise;
        }
        String text = text(name);
        if (!text.matches("\\d{1,18}")) {
            throw new BinanceRefusal(
                    ILLEGAL, "Illegal characters found in parameter '" + name + "'; legal range is '^[0-9]{1,20}$'.");
        }
        return Math.min(Long.parseLong(text), max);
    }

    /** The market of the parameter {@code symbol}. */
    MarketData market() throws BinanceRefusal {
        if (!has("symbol")) {
            throw new BinanceRefusal(
                    MANDATORY, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
        }
        MarketData data = markets.find(category, text("symbol"));
        if (data == null) {
            throw new BinanceRefusal(SYMBOL, "Invalid symbol.");
        }
        return data;
    }
}
