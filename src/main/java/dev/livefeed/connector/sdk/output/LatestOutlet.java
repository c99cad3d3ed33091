package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.MarketEvent;

/**
 * The outlet for a stream in which each event replaces the previous one. Events are written at once; while the reader
 * is behind, only the latest is kept.
 */
public final class LatestOutlet implements ConflatedEvent {

    private final Outbox outbox;
    private MarketEvent pending;
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

    /** Drops the pending event. */
    public void discard() {
        pending = null;
    }

    @Override
    public void release() {
        registered = false;
        if (pending != null) {
            outbox.write(pending);
            pending = null;
        }
    }
}
