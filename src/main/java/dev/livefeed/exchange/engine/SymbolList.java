package dev.livefeed.exchange.engine;

import dev.livefeed.exchange.market.InstrumentTable.MarketKey;
import dev.livefeed.exchange.market.OptionSeries;
import dev.livefeed.exchange.market.ProductCategory;
import dev.livefeed.protocol.model.Symbols;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parses the configured symbols: "BTCUSDT", or "spot:BTCUSDT" for one category only. */
final class SymbolList {

    private SymbolList() {}

    /** @throws IllegalArgumentException naming the invalid entry and the rule */
    static Set<MarketKey> parse(List<String> entries) {
        Set<MarketKey> keys = new LinkedHashSet<>();
        for (String entry : entries) {
            int colon = entry.indexOf(':');
            String symbol = entry.substring(colon + 1).strip();
            if (!Symbols.valid(symbol)) {
                throw new IllegalArgumentException("symbol \"" + symbol + "\" is not valid, must be " + Symbols.RULE);
            }
            if (colon < 0) {
                guess(symbol).forEach(category -> keys.add(new MarketKey(category, symbol)));
            } else {
                String name = entry.substring(0, colon).strip();
                ProductCategory category = ProductCategory.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("category \"" + name + "\" in \"" + entry
                                + "\" is unknown, must be spot, linear, inverse or option"));
                keys.add(new MarketKey(category, symbol));
            }
        }
        return keys;
    }

    private static List<ProductCategory> guess(String symbol) {
        if (OptionSeries.terms(symbol).isPresent()) {
            return List.of(ProductCategory.OPTION);
        }
        if (symbol.endsWith("USD")) {
            return List.of(ProductCategory.INVERSE);
        }
        return symbol.endsWith("PERP")
                ? List.of(ProductCategory.LINEAR)
                : List.of(ProductCategory.LINEAR, ProductCategory.SPOT);
    }
}
