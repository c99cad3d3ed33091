package dev.livefeed.app.paper;

import dev.livefeed.app.market.BookView;

/** Where the broker looks at the kept books. */
public interface Books {

    /** A copy of the symbol's deepest book with at most so many levels a side, or null where there is none. */
    BookView book(String symbol, int most);

    /** Whether every book of the symbol may be read. */
    boolean synced(String symbol);

    /** What the exchange asks of the symbol's orders. */
    default OrderRules rules(String symbol) {
        return OrderRules.NONE;
    }
}
