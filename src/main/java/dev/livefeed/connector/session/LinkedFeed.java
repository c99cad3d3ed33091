package dev.livefeed.connector.session;

/** A feed with several links: what happens to one is passed on to whom it belongs to. */
public interface LinkedFeed extends NetworkFeed {

    /** Whom the link belongs to; null if it is not known any more. */
    NetworkLink owner(int link);

    @Override
    default void opened(int link, boolean synthetic) {
        NetworkLink owner = owner(link);
        if (owner != null) {
            owner.opened(link, synthetic);
        }
    }

    @Override
    default void frame(int link, byte[] bytes, int offset, int length, long receivedAt) {
        NetworkLink owner = owner(link);
        if (owner != null) {
            owner.frame(link, bytes, offset, length, receivedAt);
        }
    }

    @Override
    default void pong(int link) {
        NetworkLink owner = owner(link);
        if (owner != null) {
            owner.pongFrame(link);
        }
    }

    @Override
    default void pinged(int link) {
        NetworkLink owner = owner(link);
        if (owner != null) {
            owner.pinged(link);
        }
    }

    @Override
    default void closed(int link, String reason, int httpStatus) {
        NetworkLink owner = owner(link);
        if (owner != null) {
            owner.closed(link, reason, httpStatus);
        }
    }
}
