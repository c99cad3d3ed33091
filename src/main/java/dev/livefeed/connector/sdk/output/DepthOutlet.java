package dev.livefeed.connector.sdk.output;

import dev.livefeed.book.MergedChange;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * The outlet for the events of one book. Events are written at once; while the reader is behind, they are merged into
 * one.
 *
 * <p>An event must be applied to the book before it is emitted: when the merged deltas become too large, the book
 * itself is written as a snapshot instead.
 */
public final class DepthOutlet implements ConflatedEvent {

    private static final int MAX_MERGED_LEVELS = 2_000;

    private final Outbox outbox;
    private final OrderBook book;
    private final MergedChange merged = new MergedChange(MAX_MERGED_LEVELS);

    /** The last pending event, with the previous update id of the first one; null if nothing is pending. */
    private Depth pending;

    private final List<Status> after = new ArrayList<>(2);
    private boolean registered;

    DepthOutlet(Outbox outbox, OrderBook book) {
        this.outbox = outbox;
        this.book = book;
    }

    /**
     * Writes the event or merges it with the pending one.
     *
     * @param head the event without its levels, which are ignored
     */
    public void emit(Depth head, LevelList bids, LevelList asks) {
        if (pending == null && !outbox.full()) {
            outbox.write(head, bids, asks);
            return;
        }
        if (pending == null) {
            pending = head;
            if (!registered) {
                registered = true;
                outbox.register(this);
            }
        } else {
            outbox.countMerge();
            pending = merge(head, pending.snapshot() || head.snapshot());
        }
        if (!pending.snapshot() && !merged.add(bids, asks)) {
            pending = merge(pending, true);
        }
        if (pending.snapshot()) {
            merged.clear();
        }
    }

    /** Writes the status after the pending event of this book, if any; of several, the last two. */
    public void then(Status status) {
        if (pending == null) {
            outbox.status(status);
        } else {
            if (after.size() == 2) {
                after.remove(0);
            }
            after.add(status);
        }
    }

    /** Drops the pending event, because the book is no longer known to be right. */
    public void discard() {
        pending = null;
        after.clear();
        merged.clear();
    }

    @Override
    public void release() {
        registered = false;
        if (pending == null) {
            return;
        }
        if (pending.snapshot()) {
            outbox.write(pending, book.bids(), book.asks());
        } else {
            outbox.write(pending, merged.bids(), merged.asks());
        }
        after.forEach(outbox::status);
        discard();
    }

    private Depth merge(Depth last, boolean snapshot) {
        return new Depth(
                last.instrument(),
                last.timestampMicros(),
                Levels.EMPTY,
                Levels.EMPTY,
                last.lastUpdateId(),
                snapshot ? -1 : pending.prevUpdateId(),
                snapshot,
                last.levels(),
                last.receivedAt(),
                last.synthetic());
    }
}
