package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Trade;

/**
 * A consistent copy of what is known of a symbol.
 *
 * @param lastTrade the newest by exchange time; null before the first
 * @param trades since the application started
 * @param gaps how often a book of it became stale by an update
 * @param book its deepest book with the best level of each side, or null where no depth has come
 */
public record SymbolView(String symbol, Trade lastTrade, long trades, long gaps, BookView book) {}
