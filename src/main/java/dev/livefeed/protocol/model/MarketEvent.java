package dev.livefeed.protocol.model;

import java.time.Instant;

/** A further event about the market of one symbol: it shows, as trades and depth do, that its channel lives. */
public interface MarketEvent extends TypedEvent {

    /** The channel of the protocol that it belongs to: {@code ticker}, {@code kline.1m}, {@code liquidations}. */
    String channel();

    /** Exchange time. */
    default Instant timestamp() {
        return Times.instant(timestampMicros());
    }
}
