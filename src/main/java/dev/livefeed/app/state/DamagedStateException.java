package dev.livefeed.app.state;

/** Thrown for a saved state that must not be used; the message says why. */
public final class DamagedStateException extends Exception {

    public DamagedStateException(String reason) {
        super(reason);
    }
}
