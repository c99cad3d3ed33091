package dev.livefeed.connector.sdk.output;

import dev.livefeed.book.MergedChange;
import dev.livefeed.book.OrderBook;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.LevelList;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.status.Status;

/**
 * The way out of one book's events: straight to the lines, or, while the reader of the lines is behind, merged with those
 * before it into one.
 *
 * <p>The kept book must already hold the event that is emitted: where merged deltas grow larger than the book itself, the
 * book is written as a snapshot in their place.
 */
public final class DepthOutlet implements ConflatedEvent {

    private static final int LARGEST_MERGE = 2_000;

    private final Outbox outbox;
    private final OrderBook book;
    private final MergedChange merged = new MergedChange(LARGEST_MERGE);

    /** The last of the pending events, with the number the first of them continues; null where nothing is pending. */
    private Depth pending;

    private Status after;
    private boolean held;

    DepthOutlet(Outbox outbox, OrderBook book) {
        this.outbox = outbox;
        this.book = book;
    }

    /**
     * Emits the event.
     *
     * @param head the event; its own levels are not looked at
     */
    public void emit(Depth head, LevelList bids, LevelList asks) {
        if (pending == null && !outbox.full()) {
            outbox.write(head, bids, asks);
            return;
        }
        if (pending == null) {
            pending = head;
            if (!held) {
                held = true;
                outbox.hold(this);
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

    /** Writes the status behind whatever is pending of this book. */
    public void then(Status status) {
        if (pending == null) {
            outbox.status(status);
        } else {
            after = status;
        }
    }

    /** Forgets what is pending: the book is no longer known to be right. */
    public void discard() {
        pending = null;
        after = null;
        merged.clear();
    }

    @Override
    public void release() {
        held = false;
        if (pending == null) {
            return;
        }
        if (pending.snapshot()) {
            outbox.write(pending, book.bids(), book.asks());
        } else {
            outbox.write(pending, merged.bids(), merged.asks());
        }
        if (after != null) {
            outbox.status(after);
        }
        discard();
    }

    private Depth merge(Depth last, boolean snapshot) {
        return new Depth(
                last.symbol(),
                last.category(),
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
