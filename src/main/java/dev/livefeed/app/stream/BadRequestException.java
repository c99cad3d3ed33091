package dev.livefeed.app.stream;

/** A command or a query that cannot be served; the message says what, the value and the rule. */
public final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message, null, false, false);
    }
}
