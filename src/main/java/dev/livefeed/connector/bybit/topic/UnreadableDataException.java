package dev.livefeed.connector.bybit.topic;

import dev.livefeed.protocol.status.Heartbeat.UnreadableReason;
import java.io.IOException;

/** Thrown when a frame, or a part of it, cannot be read; the message says why. */
final class UnreadableDataException extends IOException {

    private static final long serialVersionUID = 1L;

    private final UnreadableReason reason;

    UnreadableDataException(UnreadableReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    UnreadableReason reason() {
        return reason;
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
