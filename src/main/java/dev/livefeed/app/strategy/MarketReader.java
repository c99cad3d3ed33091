package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.Books;

/** The strategies' access to the market. */
public interface MarketReader extends Books {

    /** A copy of the symbol's market context, or null. */
    ContextView context(String symbol);
}
