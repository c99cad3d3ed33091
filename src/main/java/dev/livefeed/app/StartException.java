package dev.livefeed.app;

import dev.livefeed.app.route.reload.CamelFailure;
import dev.livefeed.connector.sdk.ExitCode;
import java.net.BindException;
import java.util.Properties;

/** Thrown if the application cannot start although its settings and routes are valid. */
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

    /** @param properties the settings that Camel was given */
    static StartException of(Throwable failure, Properties properties) {
        boolean bind = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            bind |= cause instanceof BindException;
        }
        return new StartException(
                bind ? ExitCode.UNAVAILABLE : ExitCode.CONFIGURATION,
                (bind ? "an HTTP port cannot be bound: " : "Camel does not start: ")
                        + CamelFailure.reason(failure, properties)
                        + "; LOG_LEVEL=DEBUG with LOG_LEVELS=camel=DEBUG shows where",
                failure);
    }

    int status() {
        return status;
    }
}
