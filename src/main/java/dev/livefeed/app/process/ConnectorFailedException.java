package dev.livefeed.app.process;

/** Thrown when a connector process failed; the message states how, with the last line of its stderr. */
public class ConnectorFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    public ConnectorFailedException(String message) {
        super(message, null, false, false);
    }
}
