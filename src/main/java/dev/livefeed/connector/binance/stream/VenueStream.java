package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.feed.stream.CarriedStream;
import dev.livefeed.connector.feed.stream.MarketStream;

/** One stream of the venue: the connections that carry it, usually one, and when it was heard last. */
public final class VenueStream extends MarketStream implements CarriedStream {

    private final StreamName name;
    private final StreamHandler handler;
    private int carriers;
    private boolean overlapping;
    private boolean synthetic;
    private String connection;

    public VenueStream(StreamName name, StreamHandler handler) {
        super(name.text(), name.instrument(), name.channel());
        this.name = name;
        this.handler = handler;
    }

    public StreamName name() {
        return name;
    }

    /** A valid frame of the stream was received. */
    public void frame(CombinedFrame frame, long receivedAt, boolean isSynthetic, long now) {
        frameReceived(now);
        synthetic = isSynthetic;
        handler.frame(frame, receivedAt, isSynthetic);
    }

    public void unreadable(String why) {
        handler.unreadable(this, why);
    }

    /** A connection carries the stream from now on. */
    public void carried(long now) {
        if (carriers++ == 0) {
            accepted(now);
            handler.active(this);
        }
    }

    /** A connection does not carry the stream any more. */
    public void dropped() {
        if (--carriers == 0) {
            handler.ended(this);
        }
    }

    /** Whether a connection carries the stream. */
    public boolean isCarried() {
        return carriers > 0;
    }

    @Override
    public boolean overlapping() {
        return overlapping;
    }

    public void overlapping(boolean now) {
        overlapping = now;
    }

    @Override
    public boolean synthetic() {
        return synthetic;
    }

    public void synthetic(boolean isSynthetic) {
        synthetic = isSynthetic;
    }

    /** Name of its connection. */
    public String connection() {
        return connection;
    }

    public void connection(String newName) {
        connection = newName;
    }

    @Override
    public long subscribedAt() {
        return acceptedAt();
    }
}
