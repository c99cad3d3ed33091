package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.binance.market.BinanceMarkets;
import dev.livefeed.exchange.binance.market.MarketData;
import dev.livefeed.exchange.market.ProductCategory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters of a request to one of the markets, validated when they are read. */
record BinanceQuery(ProductCategory category, Map<String, String> parameters, BinanceMarkets markets) {

    private static final String NUMBER_RANGE = "^[0-9]{1,20}$";
    private static final String SYMBOL_RANGE = "^[\\w\\-._&&[^a-z]]{1,50}$";
    private static final Pattern NUMBER = Pattern.compile(NUMBER_RANGE);
    private static final Pattern SYMBOL = Pattern.compile(SYMBOL_RANGE, Pattern.UNICODE_CHARACTER_CLASS);
    /** Spot has times in milliseconds or microseconds; in milliseconds this one is in the year 33658. */
    private static final long MAX_MILLIS = 1_000_000_000_000_000L;

    boolean spot() {
        return category == ProductCategory.SPOT;
    }

    boolean has(String name) {
        return !text(name).isEmpty();
    }

    String text(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The parameter {@code limit}: above the maximum spot reduces it, futures refuse it. */
    int limit(int otherwise, int max) throws BinanceRefusal {
        long limit = number("limit", otherwise);
        if (limit == 0 || (limit > max && !spot())) {
            throw BinanceRefusal.invalid("limit");
        }
        return (int) Math.min(limit, max);
    }

    /** A time in milliseconds since 1970. */
    long time(String name, long otherwise) throws BinanceRefusal {
        if (!has(name)) {
            return otherwise;
        }
        long time = number(name, 0);
        return time >= MAX_MILLIS && spot() ? time / 1000 : Math.min(time, MAX_MILLIS);
    }

    /** A whole number of at least 0. */
    long number(String name, long otherwise) throws BinanceRefusal {
        if (!has(name)) {
            return otherwise;
        }
        if (!NUMBER.matcher(text(name)).matches()) {
            throw BinanceRefusal.illegal(name, NUMBER_RANGE);
        }
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw BinanceRefusal.overflow(name);
        }
    }

    /** Futures refuse a period that ends before it starts; on spot it is empty. */
    void checkPeriod(long startTime, long endTime) throws BinanceRefusal {
        if (!spot() && startTime > endTime) {
            throw new BinanceRefusal(-1023, "Start time is greater than end time.");
        }
    }

    /** The market of the parameter {@code symbol}. */
    MarketData market() throws BinanceRefusal {
        if (!has("symbol")) {
            throw BinanceRefusal.missing("symbol");
        }
        String symbol = text("symbol");
        if (!spot()) {
            return market(symbol.toUpperCase(Locale.ROOT));
        }
        if (!SYMBOL.matcher(symbol).matches()) {
            throw BinanceRefusal.illegal("symbol", SYMBOL_RANGE);
        }
        return market(symbol);
    }

    private MarketData market(String symbol) throws BinanceRefusal {
        MarketData data = markets.find(category, symbol);
        if (data == null) {
            throw BinanceRefusal.symbol();
        }
        return data;
    }

    /** The markets of the parameter {@code symbol}, of {@code symbols} on spot, or all of the category. */
    List<MarketData> selected() throws BinanceRefusal {
        boolean list = spot() && has("symbols");
        if (has("symbol")) {
            if (list) {
                throw BinanceRefusal.combination();
            }
            return List.of(market());
        }
        return list ? SymbolsParameter.markets(text("symbols"), this::market) : markets.of(category);
    }
}
