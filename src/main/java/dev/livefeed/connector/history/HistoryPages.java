package dev.livefeed.connector.history;

import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The REST requests for one history command, page by page, oldest first. */
public interface HistoryPages {

    /** Whether all is known that decides what is requested; asked again until it is. */
    default boolean ready() {
        return true;
    }

    /**
     * Path and query of the next page, or null after the last one. Returns the same page until its response was read.
     */
    String next();

    /** Events that are known without a request, oldest first, older than those of the next page; may be empty. */
    default List<? extends Event> stored() throws IOException {
        return List.of();
    }

    /** How long the whole answer may take. */
    default Duration limit() {
        return Duration.ofMinutes(30);
    }

    /** No further page is read. */
    default void close() {}

    /** Weight of its requests. */
    default int weight() {
        return 1;
    }

    /**
     * Reads the response to {@link #next}.
     *
     * @param receivedAt microseconds since 1970
     * @return its events, oldest first
     * @throws IOException if it cannot be used; the message says why
     */
    List<? extends Event> read(byte[] body, long receivedAt) throws IOException;

    /** Latest possible end of the data, milliseconds since 1970: data that may still change is not returned. */
    long toMillis();

    /** The rows of the last response that could not be read, also if nothing of it can be used. */
    List<UnreadRow> unread();

    /**
     * A row that could not be read.
     *
     * @param cause what is wrong with it, with an excerpt
     */
    record UnreadRow(UnreadableReason reason, String cause) {}

    /** Why the venue cannot provide a part of the requested range, or null. */
    String missing();
}
