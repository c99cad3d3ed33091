package dev.livefeed.connector.binance.book;

import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.protocol.model.Symbols;

/**
 * The requests for snapshots of all books. While many books wait for one, small snapshots are asked for, so that all
 * are right soon; they are replaced by full ones when the limits allow it.
 */
public final class BookSnapshots {

    private static final int[] SIZES = {100, 500, 1_000, 5_000};

    private final VenueContext context;
    private final BinanceSettings settings;
    private int waiting;
    private int deepening;

    public BookSnapshots(VenueContext context, BinanceSettings settings) {
        this.context = context;
        this.settings = settings;
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
        int full = settings.market().snapshotLevels();
        // Full snapshots may use an eighth of the weight per minute; the rest is left to other requests.
        int few = settings.market().weightPerMinute() / 8 / settings.market().snapshotWeight(full);
        if (waiting <= few) {
            return full;
        }
        for (int size : SIZES) {
            if (size >= 2 * needed && size < full) {
                return size;
            }
        }
        return full;
    }

    /** Levels a side of a full snapshot. */
    int fullLevels() {
        return settings.market().snapshotLevels();
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
        String path = settings.rest("/depth?symbol=") + Symbols.inAddress(symbol) + "&limit=" + levels;
        int weight = settings.market().snapshotWeight(levels);
        return urgent
                ? context.rest().get(path, weight, callback)
                : context.rest().getInBackground(path, weight, callback);
    }
}
