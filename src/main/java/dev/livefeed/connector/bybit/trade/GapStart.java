package dev.livefeed.connector.bybit.trade;

import java.util.HashMap;
import java.util.Map;

/** Time from which on trades of a topic are missing: one time for all symbols, with exceptions for some. */
final class GapStart {

    private final String baseCoin;
    private final Map<String, Long> own = new HashMap<>();
    private long usual;

    /**
     * @param micros exchange time up to which every trade is accounted for
     * @param baseCoin stands for all contracts of the topic; null if it has only one symbol
     */
    GapStart(long micros, String baseCoin) {
        this.usual = micros;
        this.baseCoin = baseCoin;
    }

    /** Returns a copy with another time for a symbol. */
    GapStart from(String symbol, long micros) {
        own.merge(symbol, micros, Math::min);
        return this;
    }

    /** Returns a copy with other times for some symbols. */
    GapStart from(Map<String, Long> symbols) {
        symbols.forEach(this::from);
        return this;
    }

    /** Returns a copy in which no time is later than the given one. */
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
