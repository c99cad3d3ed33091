package dev.livefeed.protocol.status;

/**
 * A connection to the exchange is lost, and with it the whole feed unless other connections are open.
 *
 * @param connection which one, and how many are open
 * @param attempt number of failed attempts in a row, or null
 * @param retryInMs milliseconds until the next attempt, or null
 */
public record ConnectionDown(Head head, ConnectionInfo connection, Long attempt, Long retryInMs, Extras extras)
        implements Status {

    public static final String STATUS = "disconnected";

    public ConnectionDown(Head head, ConnectionInfo connection, Long attempt, Long retryInMs) {
        this(head, connection, attempt, retryInMs, Extras.NONE);
    }

    /** Whether the whole feed is lost; false if other connections are open, so that only the topics of this one are. */
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
