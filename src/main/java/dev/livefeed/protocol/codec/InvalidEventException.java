package dev.livefeed.protocol.codec;

/**
 * Thrown for a line that cannot be used. The message names the field, the value and the rule; {@link #reason} groups it
 * for counting.
 */
public class InvalidEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final InvalidReason reason;

    public InvalidEventException(InvalidReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** The group under which the line is counted. */
    public InvalidReason reason() {
        return reason;
    }
}
