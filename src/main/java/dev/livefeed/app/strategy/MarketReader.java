package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.Books;
import dev.livefeed.protocol.model.InstrumentId;

/** The strategies' access to the market. */
public interface MarketReader extends Books {

    /** The instrument that an event names; without a category that of the default one. */
    default InstrumentId instrument(String symbol, String category) {
        return InstrumentId.of(null, category, symbol);
    }

    /** A copy of the symbol's market context, or null. */
    ContextView context(InstrumentId instrument);
}
