package dev.livefeed.app;

import java.net.BindException;

/** Why the application, all of whose settings and routes are good by themselves, does not start. */
final class StartException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the exit status */
    StartException(int status, String message) {
        super(message);
        this.status = status;
    }

    private StartException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static StartException of(Exception failure) {
        Throwable innermost = failure;
        boolean bind = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
            bind |= cause instanceof BindException;
        }
        String reason = innermost.getMessage() == null || innermost.getMessage().isBlank()
                ? innermost.toString()
                : innermost.getMessage();
        return new StartException(
                bind ? ExitCodes.UNAVAILABLE : ExitCodes.CONFIG,
                "Camel does not start: " + reason.replaceAll("\\s+", " ").strip() + "; LOG_LEVEL=DEBUG shows where",
                failure);
    }

    int status() {
        return status;
    }
}
