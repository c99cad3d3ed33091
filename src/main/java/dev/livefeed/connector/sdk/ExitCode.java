package dev.livefeed.connector.sdk;

/** How a connector process ends, in the terms of sysexits. */
public final class ExitCode {

    public static final int OK = 0;
    /** The command line can never work. */
    public static final int USAGE = 64;
    /** A bug. */
    public static final int SOFTWARE = 70;
    /** Nobody reads the events any more. */
    public static final int OUTPUT_LOST = 74;
    /** The settings can never work. */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
