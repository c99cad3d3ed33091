package dev.livefeed.protocol.status;

/**
 * A connection to the exchange is open.
 *
 * @param connection which one, with the number of all of them
 * @param synthetic whether the data is no real exchange's
 * @param replay whether a recording is played
 */
public record ConnectionUp(Head head, ConnectionInfo connection, boolean synthetic, boolean replay, Extras extras)
        implements Status {

    public static final String STATUS = "connected";

    public ConnectionUp(Head head, ConnectionInfo connection, boolean synthetic, boolean replay) {
        this(head, connection, synthetic, replay, Extras.NONE);
    }

    @Override
    public String status() {
        return STATUS;
    }

    @Override
    public <R> R accept(StatusVisitor<R> visitor) {
        return visitor.connectionUp(this);
    }
}
