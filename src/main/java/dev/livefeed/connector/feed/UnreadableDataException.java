package dev.livefeed.connector.feed;

import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;

/** Thrown when a frame, or a part of it, cannot be read; the message says why. */
public final class UnreadableDataException extends IOException {

    private static final long serialVersionUID = 1L;

    private final UnreadableReason reason;

    public UnreadableDataException(UnreadableReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnreadableReason reason() {
        return reason;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
