package dev.livefeed.strategy;

import dev.livefeed.market.ContextView;
import dev.livefeed.strategy.paper.Books;

/** What strategies read of the market. */
public interface MarketReader extends Books {

    /** A copy of the symbol's context, or null where there is none. */
    ContextView context(String symbol);
}
