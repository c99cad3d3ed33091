package dev.livefeed.app.paper;

import dev.livefeed.app.market.BookView;
import dev.livefeed.protocol.model.InstrumentId;

/** The broker's access to the local order books. */
public interface Books {

    /** A copy of the symbol's deepest book, limited to a number of levels a side, or null. */
    BookView book(InstrumentId instrument, int maxLevels);

    /** Whether every book of the symbol may be read. */
    boolean synced(InstrumentId instrument);

    /** The exchange's rules for orders in the symbol. */
    default OrderRules rules(InstrumentId instrument) {
        return OrderRules.NONE;
    }
}
