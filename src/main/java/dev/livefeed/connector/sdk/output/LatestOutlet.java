package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.status.Status;

/**
 * The outlet for a stream in which each event replaces the previous one. Events are written at once; while the reader
 * is behind, only the latest is kept.
 */
public final class LatestOutlet implements ConflatedEvent {

    private final Outbox outbox;
    private MarketEvent pending;

    /** Written after the pending event; null if there is none. */
    private Status after;

    private boolean registered;

    LatestOutlet(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Writes the event, or keeps it instead of the pending one. */
    public void emit(MarketEvent event) {
        if (pending == null && !outbox.full()) {
            outbox.write(event);
            return;
        }
        if (pending != null) {
            outbox.countReplaced();
        }
        pending = event;
        if (!registered) {
            registered = true;
            outbox.register(this);
        }
    }

    /** Writes the status after the pending event, if any. It replaces another one that waits for that. */
    public void then(Status status) {
        if (pending == null) {
            outbox.status(status);
        } else {
            after = status;
        }
    }

    /** Drops the status that waits for the pending event. */
    public void withdraw() {
        after = null;
    }

    /** Drops the pending event, and the status that waits for it. */
    public void discard() {
        pending = null;
        after = null;
    }

    @Override
    public void release() {
        registered = false;
        if (pending == null) {
            return;
        }
        outbox.write(pending);
        if (after != null) {
            outbox.status(after);
        }
        discard();
    }
}
