package dev.livefeed.app.stream;

/** The close codes of the stream. */
final class CloseCode {

    /** The application is stopping. */
    static final int GOING_AWAY = 1001;
    /** The client sent too many commands. */
    static final int POLICY = 1008;
    /** The client is too slow. */
    static final int TRY_AGAIN_LATER = 1013;
    /** No frame arrived within the timeout. */
    static final int SILENT = 4000;

    private CloseCode() {}
}
