package dev.livefeed.app.backfill;

/** Thrown if past data is not available; the message is one readable line. */
final class HistoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Kind of failure, which determines whether a retry makes sense. */
    enum Kind {
        /** The connector does not have this history; a retry is useless. */
        UNSUPPORTED,
        /** The connector does not respond: it does not know the command. */
        UNKNOWN_COMMAND,
        /** A retry may succeed. */
        FAILED
    }

    HistoryException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
