package dev.livefeed.connector.feed.book;

import java.io.IOException;
import java.util.List;

/** A venue's REST requests for snapshots of books. */
public interface SnapshotSource {

    /** Levels a side of the largest snapshot. */
    int fullLevels();

    /** Levels a side of the smaller ones, in ascending order. */
    List<Integer> smallerLevels();

    /** How many of the largest ones may be asked for at about the same time, as the limit on requests allows. */
    int fullAtOnce();

    /** Path and query of the request for a snapshot. */
    String path(String symbol, int levels);

    /** Weight of that request. */
    int weight(int levels);

    /**
     * Reads a response.
     *
     * @throws IOException if it is no snapshot; the message says why
     */
    BookSnapshot read(byte[] body) throws IOException;
}
