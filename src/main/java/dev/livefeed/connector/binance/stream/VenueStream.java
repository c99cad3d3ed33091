package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.feed.ReadingRate;
import dev.livefeed.connector.feed.SilenceLimit;
import dev.livefeed.connector.feed.stream.CarriedStream;

/** One stream of the venue: the connections that carry it, usually one, and when it was heard last. */
public final class VenueStream implements CarriedStream {

    private final StreamName name;
    private final StreamHandler handler;
    private final SilenceLimit silenceLimit = new SilenceLimit();
    private int carriers;
    private boolean overlapping;
    private boolean synthetic;
    private boolean expectsData = true;
    private boolean received;
    private long lastFrameAt;
    private long acceptedAt;
    private ReadingRate reading;
    private String connection;

    public VenueStream(StreamName name, StreamHandler handler) {
        this.name = name;
        this.handler = handler;
    }

    public StreamName name() {
        return name;
    }

    /** A valid frame of the stream was received. */
    public void frame(CombinedFrame frame, long receivedAt, boolean isSynthetic, long now) {
        received = true;
        lastFrameAt = now;
        synthetic = isSynthetic;
        handler.frame(frame, receivedAt, isSynthetic);
    }

    public void unreadable(String why) {
        handler.unreadable(this, why);
    }

    /** A connection carries the stream from now on. */
    public void carried(long now) {
        if (carriers++ == 0) {
            acceptedAt = now;
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
    public boolean expectsData() {
        return expectsData;
    }

    public void expectsData(boolean expects) {
        expectsData = expects;
    }

    /** Time of its last frame; only valid if there was one. */
    public long lastFrameAt() {
        return lastFrameAt;
    }

    /** Whether a frame was received since then. */
    public boolean framesSince(long nanos) {
        return received && lastFrameAt - nanos >= 0;
    }

    /** Time of its last frame or of its acceptance. */
    public long heardAt() {
        return received && lastFrameAt - acceptedAt > 0 ? lastFrameAt : acceptedAt;
    }

    public long acceptedAt() {
        return acceptedAt;
    }

    /** The limit for its silence. */
    public SilenceLimit silenceLimit() {
        return silenceLimit;
    }

    /** How much of the stream can be read; null if everything can. */
    public ReadingRate reading() {
        return reading;
    }

    public void reading(ReadingRate rate) {
        reading = rate;
    }

    @Override
    public String toString() {
        return name.text();
    }
}
