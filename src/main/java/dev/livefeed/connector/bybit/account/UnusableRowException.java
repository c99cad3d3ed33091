package dev.livefeed.connector.bybit.account;

/** Thrown for a row without a required field; the message names the field. */
final class UnusableRowException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableRowException(String message) {
        super(message, null, false, false);
    }
}
