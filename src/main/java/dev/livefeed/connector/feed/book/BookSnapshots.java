package dev.livefeed.connector.feed.book;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueContext;
import java.io.IOException;

/**
 * The requests for snapshots of all books. While many books wait for one, small snapshots are asked for, so that all
 * are right soon; they are replaced by full ones when the limits allow it.
 */
public final class BookSnapshots {

    private final VenueContext context;
    private final SnapshotSource source;
    private int waiting;
    private int deepening;

    public BookSnapshots(VenueContext context, SnapshotSource source) {
        this.context = context;
        this.source = source;
    }

    /** Number of books that wait for a snapshot. */
    public int waiting() {
        return waiting;
    }

    /** A book waits for a snapshot, or does not any more. */
    void waiting(boolean begins) {
        waiting += begins ? 1 : -1;
    }

    /** Levels a side of a snapshot for a book that waits for it. */
    int levels(int needed) {
        int full = source.fullLevels();
        if (waiting <= source.fullAtOnce()) {
            return full;
        }
        for (int size : source.smallerLevels()) {
            if (size >= 2 * needed && size < full) {
                return size;
            }
        }
        return full;
    }

    /** Levels a side of the smallest snapshot that has that many. */
    int smallest(int needed) {
        for (int size : source.smallerLevels()) {
            if (size >= needed) {
                return Math.min(size, source.fullLevels());
            }
        }
        return source.fullLevels();
    }

    /** Weight of the request for a snapshot. */
    int weight(int levels) {
        return source.weight(levels);
    }

    /** Levels a side of a full snapshot. */
    int fullLevels() {
        return source.fullLevels();
    }

    /** Whether a book that is right may be fetched again to know more levels: one at a time. */
    boolean mayDeepen() {
        return waiting == 0 && deepening == 0;
    }

    /** A book that is right is fetched again, or that has ended. */
    void deepening(boolean begins) {
        deepening += begins ? 1 : -1;
    }

    /** @param urgent whether it is sent before those that can wait */
    RestClient.Pending get(String symbol, int levels, boolean urgent, RestClient.Callback callback) {
        String path = source.path(symbol, levels);
        int weight = source.weight(levels);
        return urgent
                ? context.rest().get(path, weight, callback)
                : context.rest().getInBackground(path, weight, callback);
    }

    BookSnapshot read(byte[] body) throws IOException {
        return source.read(body);
    }
}
