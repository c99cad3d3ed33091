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

    /** Sets another time for a symbol, unless it has an earlier one. */
    GapStart from(String symbol, long micros) {
        own.merge(symbol, micros, Math::min);
        return this;
    }

    /** Sets other times for some symbols. */
    GapStart from(Map<String, Long> symbols) {
        symbols.forEach(this::from);
        return this;
    }

    /** Sets a limit for the time of symbols without one of their own. */
    GapStart notLater(long micros) {
        usual = Math.min(usual, micros);
        return this;
    }

    /** Earlier trades of the symbol are not missing any more. */
    void later(String symbol, long micros) {
        own.merge(symbol, micros, Math::max);
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
