package dev.livefeed.exchange.rest;

/** A missing or invalid parameter, answered with code 10001 and this message. */
final class BadQueryException extends Exception {

    private static final long serialVersionUID = 1;

    BadQueryException(String message) {
        super(message);
    }
}
