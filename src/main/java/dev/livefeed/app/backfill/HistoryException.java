package dev.livefeed.app.backfill;

/** The past that was asked for is not to be had; the message is one line for people. */
final class HistoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What can be done about it. */
    enum Kind {
        /** The connector has no such history: asking for the same is of no use. */
        UNSUPPORTED,
        /** The connector shows nothing: it does not know the command. */
        UNKNOWN_COMMAND,
        /** It may be had another time. */
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
