package dev.livefeed.connector.feed.stream;

import dev.livefeed.protocol.model.InstrumentId;

/**
 * A stream that usually one connection carries, and two while one of them replaces the other: frames may come twice
 * then, and out of order.
 */
public abstract class CarriedStream extends MarketStream {

    private int carriers;
    private boolean overlapping;
    private boolean synthetic;
    private String connection;

    protected CarriedStream(String text, InstrumentId instrument, String channel) {
        super(text, instrument, channel);
    }

    /** The venue has accepted the stream: from now on nothing of it is missed. */
    protected abstract void active();

    /** No connection carries the stream any more: from now on its data is missed. */
    protected abstract void ended();

    /**
     * Its connection has failed, or does not answer, while another one carried the stream too: the last data of the
     * first may be lost, and in a quiet market no later frame shows that.
     */
    public abstract void mayHaveMissed();

    /** A frame of the stream could not be read, so its data is lost. */
    public abstract void unreadable(String why);

    /** A frame of the stream was received. */
    public final void frameReceived(long now, boolean isSynthetic) {
        frameReceived(now);
        synthetic = isSynthetic;
    }

    /** A connection carries the stream from now on. */
    public final void carried(long now) {
        if (carriers++ == 0) {
            accepted(now);
            active();
        }
    }

    /** A connection does not carry the stream any more. */
    public final void dropped() {
        if (--carriers == 0) {
            ended();
        }
    }

    /** Whether a connection carries the stream. */
    public final boolean isCarried() {
        return carriers > 0;
    }

    /** Whether two connections may carry the stream, one of which is to replace the other. */
    public final boolean overlapping() {
        return overlapping;
    }

    public final void overlapping(boolean now) {
        overlapping = now;
    }

    /** Whether the server of its connection reports its data as synthetic. */
    public final boolean synthetic() {
        return synthetic;
    }

    public final void synthetic(boolean isSynthetic) {
        synthetic = isSynthetic;
    }

    /** Name of its connection. */
    public final String connection() {
        return connection;
    }

    public final void connection(String newName) {
        connection = newName;
    }

    @Override
    public final long subscribedAt() {
        return acceptedAt();
    }
}
