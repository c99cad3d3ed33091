package dev.livefeed.protocol.model;

import java.time.Instant;

/** Another market event of one symbol. Like trades and depth, it shows that its channel is alive. */
public interface MarketEvent extends TypedEvent {

    @Override
    InstrumentId instrument();

    @Override
    default String symbol() {
        return instrument().symbol();
    }

    @Override
    default String category() {
        return instrument().category();
    }

    /** Its channel in the protocol: {@code ticker}, {@code kline.1m}, {@code liquidations}. */
    String channel();

    /** Exchange time. */
    default Instant timestamp() {
        return Times.instant(timestampMicros());
    }
}
