package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.Books;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.InstrumentId;

/** The strategies' access to the market. */
public interface MarketReader extends Books {

    /** The instrument of an event that is about one; without a category that of the default one. */
    default InstrumentId instrument(Event event) {
        return InstrumentId.of(event.venue(), event.category(), event.symbol());
    }

    /** A copy of the symbol's market context, or null. */
    ContextView context(InstrumentId instrument);
}
