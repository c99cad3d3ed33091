package dev.livefeed.connector.feed.stream;

import dev.livefeed.connector.feed.ReadingRate;
import dev.livefeed.connector.feed.SilenceLimit;
import dev.livefeed.protocol.model.InstrumentId;

/** One stream of a venue: what it carries, when it was heard last, and how much of it can be read. */
public abstract class MarketStream {

    private final String text;
    private final InstrumentId instrument;
    private final String channel;
    private final SilenceLimit silenceLimit = new SilenceLimit();
    private final UsualFrameInterval usualInterval = new UsualFrameInterval();
    private boolean expectsData = true;
    private boolean received;
    private long lastFrameAt;
    private long acceptedAt;
    private ReadingRate reading;

    /**
     * @param text its name at the venue
     * @param instrument what is traded, or the group of instruments that it is about
     * @param channel the channel of the protocol that it belongs to
     */
    protected MarketStream(String text, InstrumentId instrument, String channel) {
        this.text = text;
        this.instrument = instrument;
        this.channel = channel;
    }

    public final String text() {
        return text;
    }

    public final InstrumentId instrument() {
        return instrument;
    }

    public final String channel() {
        return channel;
    }

    /** Since when frames of the current subscription may have come. */
    public abstract long subscribedAt();

    /** Whether its instrument is in a phase with data, as far as that is known. */
    public final boolean expectsData() {
        return expectsData;
    }

    public final void expectsData(boolean expects) {
        expectsData = expects;
    }

    /** A frame of the stream was received. */
    public final void frameReceived(long now) {
        received = true;
        lastFrameAt = now;
    }

    /** Time of its last frame; only valid if there was one. */
    public final long lastFrameAt() {
        return lastFrameAt;
    }

    /** Whether a frame of the stream was received since then. */
    public final boolean framesSince(long nanos) {
        return received && lastFrameAt - nanos >= 0;
    }

    /** The venue has accepted the stream. */
    public final void accepted(long now) {
        acceptedAt = now;
    }

    public final long acceptedAt() {
        return acceptedAt;
    }

    /** Time of its last frame or of its acceptance. */
    public final long heardAt() {
        return received && lastFrameAt - acceptedAt > 0 ? lastFrameAt : acceptedAt;
    }

    /** The limit for its silence. */
    public final SilenceLimit silenceLimit() {
        return silenceLimit;
    }

    /** How often it usually receives data. */
    final UsualFrameInterval usualInterval() {
        return usualInterval;
    }

    /** How much of the stream can be read; null if everything can. */
    public final ReadingRate reading() {
        return reading;
    }

    public final void reading(ReadingRate rate) {
        reading = rate;
    }

    @Override
    public final String toString() {
        return text;
    }
}
