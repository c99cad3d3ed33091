package dev.livefeed.app.stream;

/** Why the stream ends a connection. */
final class CloseCode {

    /** The application stops. */
    static final int GOING_AWAY = 1001;
    /** More commands than are allowed. */
    static final int POLICY = 1008;
    /** The client is too slow: try again later. */
    static final int TRY_AGAIN_LATER = 1013;
    /** No frame came for too long. */
    static final int SILENT = 4000;

    private CloseCode() {}
}
