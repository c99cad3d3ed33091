package dev.livefeed.connector.sdk.output;

import dev.livefeed.protocol.model.MarketEvent;

/**
 * The way out of a stream of pictures, each of which makes those before it useless: straight to the lines, or, while the
 * reader of the lines is behind, only the latest of them.
 */
public final class LatestOutlet implements ConflatedEvent {

    private final Outbox outbox;
    private MarketEvent pending;
    private boolean held;

    LatestOutlet(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Emits the event, or keeps it in place of the one that waits. */
    public void emit(MarketEvent event) {
        if (pending == null && !outbox.full()) {
            outbox.write(event);
            return;
        }
        if (pending != null) {
            outbox.countReplaced();
        }
        pending = event;
        if (!held) {
            held = true;
            outbox.hold(this);
        }
    }

    /** Forgets what waits. */
    public void discard() {
        pending = null;
    }

    @Override
    public void release() {
        held = false;
        if (pending != null) {
            outbox.write(pending);
            pending = null;
        }
    }
}
