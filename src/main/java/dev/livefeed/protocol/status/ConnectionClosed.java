package dev.livefeed.protocol.status;

/**
 * A connection was closed for good, because nothing is subscribed on it any more.
 *
 * @param connection which one, with the number of all of them
 */
public record ConnectionClosed(Head head, ConnectionInfo connection, Extras extras) implements Status {

    public static final String STATUS = "closed";

    public ConnectionClosed(Head head, ConnectionInfo connection) {
        this(head, connection, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectionClosed(this);
    }
}
