package dev.livefeed.app.process;

/** A connector process that ended when it should not have; the message says how, with the last words of its stderr. */
public class ConnectorFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConnectorFailedException(String message) {
        super(message, null, false, false);
    }
}
