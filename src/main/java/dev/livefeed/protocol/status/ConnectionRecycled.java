package dev.livefeed.protocol.status;

/**
 * A connection was replaced by a new one as planned.
 *
 * @param connection which one, with the number of all of them
 * @param ageMs how old the replaced one was, or null
 */
public record ConnectionRecycled(Head head, ConnectionInfo connection, Long ageMs, Extras extras) implements Status {

    public static final String STATUS = "recycled";

    public ConnectionRecycled(Head head, ConnectionInfo connection, Long ageMs) {
        this(head, connection, ageMs, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectionRecycled(this);
    }
}
