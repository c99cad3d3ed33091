package dev.livefeed.connector.sdk;

/** Exit statuses of all commands, as in sysexits.h. */
public final class ExitCode {

    public static final int OK = 0;
    /** Invalid command line. */
    public static final int USAGE = 64;
    /** The HTTP port cannot be bound, or a download failed. */
    public static final int UNAVAILABLE = 69;
    /** Internal error. */
    public static final int SOFTWARE = 70;
    /** Events cannot be written any more. */
    public static final int OUTPUT_LOST = 74;
    /** A source cannot be had now; a supervisor of the program may start it again. */
    public static final int TRY_AGAIN = 75;
    /** Invalid settings. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
