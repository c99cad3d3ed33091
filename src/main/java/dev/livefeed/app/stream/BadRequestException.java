package dev.livefeed.app.stream;

/** Thrown for an invalid command or query; the message gives the field, the value and the rule. */
public final class BadRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRequestException(String message) {
        super(message, null, false, false);
    }
}
