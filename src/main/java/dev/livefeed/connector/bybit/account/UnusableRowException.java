package dev.livefeed.connector.bybit.account;

/** A row that lacks what makes it one; its message says what. */
final class UnusableRowException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableRowException(String message) {
        super(message, null, false, false);
    }
}
