package dev.livefeed.connector.feed.book;

import dev.livefeed.book.BookSide;
import dev.livefeed.book.OrderBook;
import dev.livefeed.connector.feed.VenueContext;
import dev.livefeed.connector.sdk.output.DepthOutlet;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Status;

/**
 * The best levels of a deeper book, as a channel of the protocol. After each change of the book it emits what has
 * changed among its levels: a level that has moved out of them is deleted, one that has moved in is set.
 */
final class BestLevels {

    private final InstrumentId instrument;
    private final String channel;
    private final int depth;

    /** The levels that the reader has. */
    private final OrderBook emitted;

    private final DepthOutlet outlet;
    private final Levels.Builder bids = new Levels.Builder();
    private final Levels.Builder asks = new Levels.Builder();
    private long lastId;

    BestLevels(VenueContext context, InstrumentId instrument, String channel, int depth) {
        this.instrument = instrument;
        this.channel = channel;
        this.depth = depth;
        this.emitted = new OrderBook(depth);
        this.outlet = context.outbox().outlet(emitted);
    }

    String channel() {
        return channel;
    }

    /** Levels a side. */
    int depth() {
        return depth;
    }

    /** Emits all of its levels. */
    void snapshot(OrderBook book, long id, long micros, long receivedAt, boolean synthetic) {
        emitted.snapshot(book.bids().top(depth), book.asks().top(depth));
        lastId = id;
        outlet.emit(head(id, -1, true, micros, receivedAt, synthetic), emitted.bids(), emitted.asks());
    }

    /**
     * Emits what has changed; returns whether anything has.
     *
     * @param id last update id of the book
     */
    boolean update(OrderBook book, long id, long micros, long receivedAt, boolean synthetic) {
        bids.clear();
        asks.clear();
        long continues = lastId;
        if (!changes(book)) {
            // No common scale within a long: the whole book has its own.
            snapshot(book, id, micros, receivedAt, synthetic);
            return true;
        }
        lastId = id;
        outlet.emit(head(id, continues, false, micros, receivedAt, synthetic), bids, asks);
        return bids.size() + asks.size() > 0;
    }

    /** Collects what has changed; false if that has no common scale. */
    private boolean changes(OrderBook book) {
        try {
            boolean complete = difference(emitted.bids(), book.bids(), 1, bids)
                    && difference(emitted.asks(), book.asks(), -1, asks);
            if (complete) {
                emitted.apply(bids, asks);
            }
            return complete;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** Whether its levels differ from those of the book. */
    boolean differs(OrderBook book) {
        return !emitted.bids().top(depth).equals(book.bids().top(depth))
                || !emitted.asks().top(depth).equals(book.asks().top(depth));
    }

    /**
     * Adds the levels that turn the first side into the best ones of the second.
     *
     * @param sign 1 for bids, -1 for asks
     * @return false if they have no common scale
     */
    private boolean difference(BookSide before, BookSide after, int sign, Levels.Builder into) {
        int priceScale = Math.max(before.priceScale(), after.priceScale());
        int qtyScale = Math.max(before.qtyScale(), after.qtyScale());
        int olds = before.size();
        int news = Math.min(depth, after.size());
        int old = 0;
        int now = 0;
        // Deletes come first, so that the reader's side does not become deeper than it is wide.
        boolean added = true;
        for (int pass = 0; pass < 2 && added; pass++) {
            old = 0;
            now = 0;
            while ((old < olds || now < news) && added) {
                long oldKey =
                        old < olds ? scaled(before.priceUnscaled(old), priceScale - before.priceScale()) * sign : 0;
                long newKey = now < news ? scaled(after.priceUnscaled(now), priceScale - after.priceScale()) * sign : 0;
                if (now == news || (old < olds && oldKey > newKey)) {
                    if (pass == 0) {
                        added = into.add(oldKey * sign, priceScale, 0, 0);
                    }
                    old++;
                } else if (old == olds || newKey > oldKey) {
                    if (pass == 1) {
                        added = into.add(newKey * sign, priceScale, after.qtyUnscaled(now), after.qtyScale());
                    }
                    now++;
                } else {
                    boolean same = scaled(before.qtyUnscaled(old), qtyScale - before.qtyScale())
                            == scaled(after.qtyUnscaled(now), qtyScale - after.qtyScale());
                    if (pass == 1 && !same) {
                        added = into.add(newKey * sign, priceScale, after.qtyUnscaled(now), after.qtyScale());
                    }
                    old++;
                    now++;
                }
            }
        }
        return added;
    }

    private static long scaled(long value, int by) {
        return by == 0 ? value : Levels.rescale(value, by);
    }

    /** Writes the status behind the events of the book. */
    void then(Status status) {
        outlet.then(status);
    }

    /** The book is not known to be right any more. */
    void discard() {
        emitted.clear();
        outlet.discard();
    }

    private Depth head(long id, long continues, boolean snapshot, long micros, long receivedAt, boolean synthetic) {
        return new Depth(
                instrument, micros, Levels.EMPTY, Levels.EMPTY, id, continues, snapshot, depth, receivedAt, synthetic);
    }
}
