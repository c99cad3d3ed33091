package dev.livefeed.connector.feed.book;

import dev.livefeed.connector.feed.ReconciliationSchedule;
import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.VenueContext;
import java.io.IOException;
import java.util.function.Function;

/**
 * Compares a book whose stream is silent with a small snapshot. If they differ, and no update comes that explains it,
 * the last updates were lost.
 */
final class BookComparison {

    /** An update that the snapshot contains may be on its way for this long. */
    private static final long ON_ITS_WAY = 2_000_000_000L;

    private final VenueContext context;
    private final BookSnapshots snapshots;
    private final ReconciliationSchedule schedule;
    private RestClient.Pending pending;
    private String difference;
    private long differsSince;

    BookComparison(VenueContext context, BookSnapshots snapshots) {
        this.context = context;
        this.snapshots = snapshots;
        this.schedule = new ReconciliationSchedule(context.now());
    }

    /** An update was received, or a snapshot was taken. */
    void heard() {
        schedule.heard(context.now());
        cancel();
    }

    /** The book has ended, or is not right anyway. */
    void cancel() {
        difference = null;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }

    /** Nanoseconds since it became due; negative if it is not. */
    long overdue() {
        return pending == null && difference == null ? schedule.overdue(context.now()) : -1;
    }

    /**
     * Fetches a snapshot.
     *
     * @param levels levels a side
     * @param compare says how the book differs from it, or null
     */
    void begin(String symbol, int levels, Function<BookSnapshot, String> compare) {
        schedule.compared(context.now());
        pending = snapshots.get(symbol, levels, false, new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                pending = null;
                try {
                    difference = compare.apply(snapshots.read(body));
                    differsSince = context.now();
                } catch (IOException | ArithmeticException e) {
                    context.figures().restFailures++;
                }
            }

            @Override
            public void failed(String reason) {
                pending = null;
            }
        });
    }

    /** The snapshot proved nothing: the next waits are short again. */
    void again() {
        schedule.lost();
    }

    /** How the book differs though no update has come for long enough, once; else null. */
    String takeDifference() {
        if (difference == null || context.now() - differsSince < ON_ITS_WAY) {
            return null;
        }
        String found = difference;
        difference = null;
        schedule.lost();
        return found;
    }
}
