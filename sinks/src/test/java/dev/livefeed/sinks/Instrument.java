package dev.livefeed.sinks;

import java.util.List;
import java.util.stream.Collectors;

/** An instrument of the made feed. */
record Instrument(String category, String symbol) {

    /** One symbol in two categories, and symbols with every kind of character that they may have. */
    static final List<Instrument> ALL = List.of(
            new Instrument("linear", "BTCUSDT"),
            new Instrument("spot", "BTCUSDT"),
            new Instrument("option", "BTC-27NOV26-60000-C"),
            new Instrument("linear", "\u5E01\u5B89\u4EBA\u751FUSDT"),
            new Instrument("spot", "A.B_C-D"));

    /** The value of the setting {@code SYMBOL}. */
    static String setting() {
        return ALL.stream().map(Instrument::toString).collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return category + ':' + symbol;
    }
}
