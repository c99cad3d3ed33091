package dev.livefeed.app;

/** Exit statuses, as sysexits.h has them. */
final class ExitCodes {

    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int CONFIG = 78;

    private ExitCodes() {}
}
