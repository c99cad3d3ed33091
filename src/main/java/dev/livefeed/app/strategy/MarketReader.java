package dev.livefeed.app.strategy;

import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.paper.Books;

/** What strategies read of the market. */
public interface MarketReader extends Books {

    /** A copy of the symbol's context, or null where there is none. */
    ContextView context(String symbol);
}
