package dev.livefeed.connector.binance.stream;

import dev.livefeed.connector.feed.stream.CarriedStream;

/** One stream of the venue, with the handler of its frames. */
public final class VenueStream extends CarriedStream {

    private final StreamName name;
    private final StreamHandler handler;

    public VenueStream(StreamName name, StreamHandler handler) {
        super(name.text(), name.instrument(), name.channel());
        this.name = name;
        this.handler = handler;
    }

    public StreamName name() {
        return name;
    }

    /** A valid frame of the stream was received. */
    public void frame(CombinedFrame frame, long receivedAt, boolean isSynthetic) {
        handler.frame(frame, receivedAt, isSynthetic);
    }

    @Override
    public void unreadable(String why) {
        handler.unreadable(this, why);
    }

    @Override
    public void mayHaveMissed() {
        handler.mayHaveMissed();
    }

    @Override
    protected void active() {
        handler.active(this);
    }

    @Override
    protected void ended() {
        handler.ended(this);
    }
}
