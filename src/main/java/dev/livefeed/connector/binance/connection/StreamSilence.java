package dev.livefeed.connector.binance.connection;

import dev.livefeed.connector.binance.stream.VenueStream;
import dev.livefeed.connector.feed.Timeouts;
import dev.livefeed.connector.feed.stream.SilentStreams;
import java.time.Duration;
import java.util.function.Consumer;

/** How long streams may be silent. One on the wrong path, which the venue accepts, is silent from the beginning. */
final class StreamSilence implements SilentStreams.Rules<VenueStream> {

    private final Timeouts.Silence silence;
    private final Consumer<VenueStream> again;

    /** @param again subscribes a stream again */
    StreamSilence(Timeouts.Silence silence, Consumer<VenueStream> again) {
        this.silence = silence;
        this.again = again;
    }

    @Override
    public Duration limit(VenueStream stream) {
        return switch (stream.name().kind()) {
            case AGGREGATE_TRADE, TRADE -> silence.trades();
            case DEPTH, BOOK_TICKER, TICKER, MARK_PRICE, KLINE -> silence.book();
            // They are rare.
            case LIQUIDATION -> Duration.ZERO;
        };
    }

    @Override
    public boolean applies(VenueStream stream) {
        return stream.isCarried() && stream.expectsData();
    }

    @Override
    public boolean again(VenueStream stream) {
        again.accept(stream);
        return true;
    }
}
