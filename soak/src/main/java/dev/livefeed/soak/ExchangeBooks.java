package dev.livefeed.soak;

import dev.livefeed.exchange.stream.BookPage;

/** The books as the exchange has them. */
interface ExchangeBooks {

    /**
     * A book as it was told under an update id.
     *
     * @param changedAtMillis of that state, since ids come again after a restart; negative for the newest state
     * @return null where that is not known any more, or is not to be looked at
     */
    BookPage book(String category, String symbol, int levels, long updateId, long changedAtMillis);
}
