package dev.livefeed.connector.bybit.trade;

import java.util.HashMap;
import java.util.Map;

/**
 * From when on trades of a topic are missing: one time for all its symbols, and others for those that have their own.
 */
final class GapStart {

    private final String baseCoin;
    private final Map<String, Long> own = new HashMap<>();
    private long usual;

    /**
     * @param micros exchange time up to which every trade is accounted for
     * @param baseCoin stands for all contracts of the topic; null where it has but one symbol
     */
    GapStart(long micros, String baseCoin) {
        this.usual = micros;
        this.baseCoin = baseCoin;
    }

    /** For the symbol it is another time. */
    GapStart from(String symbol, long micros) {
        own.merge(symbol, micros, Math::min);
        return this;
    }

    /** For these symbols it is another time. */
    GapStart from(Map<String, Long> symbols) {
        symbols.forEach(this::from);
        return this;
    }

    /** Where it is known of no symbol that it begins so late. */
    GapStart notLater(long micros) {
        usual = Math.min(usual, micros);
        return this;
    }

    long of(String symbol) {
        Long micros = own.get(symbol);
        if (micros == null && baseCoin != null) {
            micros = own.get(baseCoin);
        }
        return micros == null ? usual : micros;
    }

    /** Whether the symbol has a time of its own. */
    boolean has(String symbol) {
        return own.containsKey(symbol);
    }
}
