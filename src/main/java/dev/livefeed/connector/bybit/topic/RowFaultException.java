package dev.livefeed.connector.bybit.topic;

/** A row that cannot be used; the message says why. */
public final class RowFaultException extends Exception {

    private static final long serialVersionUID = 1L;

    public RowFaultException(String message) {
        super(message);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
