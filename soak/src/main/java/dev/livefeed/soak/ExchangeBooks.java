package dev.livefeed.soak;

import dev.livefeed.exchange.stream.BookPage;

/** The published books of the exchange. */
interface ExchangeBooks {

    /**
     * Returns a book as published with an update id.
     *
     * @param changedAtMillis time of the last change, because update ids repeat after a restart; negative for the
     *     newest state
     * @return null if the state is no longer known or is not to be compared
     */
    BookPage book(String category, String symbol, int levels, long updateId, long changedAtMillis);
}
