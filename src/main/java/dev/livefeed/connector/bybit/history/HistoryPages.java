package dev.livefeed.connector.bybit.history;

import dev.livefeed.protocol.model.Event;
import java.io.IOException;
import java.util.List;

/** What the venue is to be asked for one history command, page by page, oldest first. */
interface HistoryPages {

    /** Path and query of the next page, or null where all was asked for. The same again until its answer is read. */
    String next();

    /**
     * Reads the answer to {@link #next}.
     *
     * @param receivedAt microseconds since 1970
     * @return its events, oldest first
     * @throws IOException where it cannot be used; the message says why
     */
    List<? extends Event> read(byte[] body, long receivedAt) throws IOException;

    /** Up to when the answer reaches at most, milliseconds since 1970: what is not final yet is no history. */
    long toMillis();

    /** What the venue cannot give of the time that was asked for, or null. */
    String missing();
}
