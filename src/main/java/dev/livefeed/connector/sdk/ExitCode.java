package dev.livefeed.connector.sdk;

/** Exit codes of a connector process, after sysexits. */
public final class ExitCode {

    public static final int OK = 0;
    /** Invalid command line. */
    public static final int USAGE = 64;
    /** Internal error. */
    public static final int SOFTWARE = 70;
    /** Events cannot be written any more. */
    public static final int OUTPUT_LOST = 74;
    /** Invalid settings. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
