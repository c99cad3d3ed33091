package dev.livefeed.protocol.status;

/**
 * A connection to the exchange is lost: all of them, unless others are open.
 *
 * @param connection which one, with the number of all of them
 * @param attempt how often it was tried in a row, or null
 * @param retryInMs until it is tried again, or null
 */
public record ConnectionDown(Head head, ConnectionInfo connection, Long attempt, Long retryInMs, Extras extras)
        implements Status {

    public static final String STATUS = "disconnected";

    public ConnectionDown(Head head, ConnectionInfo connection, Long attempt, Long retryInMs) {
        this(head, connection, attempt, retryInMs, Extras.NONE);
    }

    /** Whether the whole feed is lost; false if other connections are open: then only what this one carried is. */
    public boolean feedLost() {
        return !connection.someOpen();
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectionDown(this);
    }
}
