package dev.livefeed.app.market;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;

/**
 * A consistent copy of a symbol's state.
 *
 * @param lastTrade the newest by exchange time; null before the first
 * @param trades number of trades since the application started
 * @param gaps number of updates that made one of its books stale
 * @param book its deepest book with the best level of each side; null before the first depth
 */
public record SymbolView(InstrumentId instrument, Trade lastTrade, long trades, long gaps, BookView book) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }
}
