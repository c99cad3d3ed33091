package dev.livefeed.connector.binance.stream;

/** Processes the frames of one or more streams of an instrument. */
public interface StreamHandler {

    /** A valid frame. While a connection is replaced by another one, frames may come twice, and out of order. */
    void frame(CombinedFrame frame, long receivedAt, boolean synthetic);

    /** The last data may be lost, because a connection failed or did not answer that another one has replaced. */
    default void mayHaveMissed() {}

    /** A frame of the stream could not be read, so its data is lost. */
    void unreadable(VenueStream stream, String why);

    /** The venue has accepted the stream: from now on nothing of it is missed. */
    void active(VenueStream stream);

    /** No connection carries the stream any more: from now on its data is missed. */
    void ended(VenueStream stream);

    /** Called at a regular interval. */
    void tick();
}
