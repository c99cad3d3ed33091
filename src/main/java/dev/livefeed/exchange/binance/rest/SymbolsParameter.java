package dev.livefeed.exchange.binance.rest;

import dev.livefeed.exchange.binance.market.MarketData;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parameter {@code symbols} of spot: {@code ["BTCUSDT","ETHUSDT"]}. */
final class SymbolsParameter {

    private static final String NAME = "[\\w\\-._&&[^a-z]]{1,50}";
    private static final String RANGE = "^\\[(\"" + NAME + "\"(,\"" + NAME + "\"){0,}){0,1}\\]$";
    private static final Pattern LIST = Pattern.compile(RANGE, Pattern.UNICODE_CHARACTER_CLASS);

    private SymbolsParameter() {}

    /** Finds the market of a symbol. */
    interface Lookup {
        MarketData find(String symbol) throws BinanceRefusal;
    }

    static List<MarketData> markets(String text, Lookup lookup) throws BinanceRefusal {
        if (!LIST.matcher(text).matches()) {
            throw BinanceRefusal.illegal("symbols", RANGE);
        }
        if (text.equals("[]")) {
            throw BinanceRefusal.empty("symbols");
        }
        List<MarketData> found = new ArrayList<>();
        for (String quoted : text.substring(1, text.length() - 1).split(",")) {
            MarketData market = lookup.find(quoted.substring(1, quoted.length() - 1));
            if (found.contains(market)) {
                throw new BinanceRefusal(-1151, "Symbol is present multiple times in the list.");
            }
            found.add(market);
        }
        return found;
    }

    /** Number of symbols in a text that need not be valid. */
    static int count(String text) {
        return 1 + (int) text.chars().filter(c -> c == ',').count();
    }
}
