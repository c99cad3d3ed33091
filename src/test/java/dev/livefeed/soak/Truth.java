package dev.livefeed.soak;

import dev.livefeed.exchange.stream.BookPage;

/** What the exchange itself says its books were. */
interface Truth {

    /**
     * A book as it was told under an update id.
     *
     * @param changedAtMillis of that state, since ids come again after a restart; negative for the newest state
     * @return null where that is not known any more, or is not to be looked at
     */
    BookPage book(String category, String symbol, int levels, long updateId, long changedAtMillis);
}
