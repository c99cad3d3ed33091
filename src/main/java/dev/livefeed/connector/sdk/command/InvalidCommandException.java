package dev.livefeed.connector.sdk.command;

/** An invalid command; the message names the field, the value and the rule. */
class InvalidCommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String id;

    InvalidCommandException(String id, String message) {
        super(message, null, false, false);
        this.id = id;
    }

    /** The id of the command, or null if none could be read. */
    String id() {
        return id;
    }
}
