package dev.livefeed.app.backfill;

/** The past that was asked for is not to be had; the message is one line for people. */
final class HistoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean unsupported;

    /** @param unsupported whether the connector has no such history: asking again is of no use */
    HistoryException(String message, boolean unsupported) {
        super(message, null, false, false);
        this.unsupported = unsupported;
    }

    boolean unsupported() {
        return unsupported;
    }
}
