package dev.livefeed.connector.replay;

import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;

/**
 * When a recorded event was received: its receive time, or its exchange time if the recording has none. Keeps its
 * result in a field, so that there is no boxed number for each event.
 */
final class RecordedTime implements EventVisitor<Void> {

    /** Stands for a receive time that the recording does not contain. */
    private final long unknownMicros;

    private long micros;

    RecordedTime(long unknownMicros) {
        this.unknownMicros = unknownMicros;
    }

    /** Microseconds since 1970; -1 if the event has no time. */
    long of(Event event) {
        visit(event);
        return micros;
    }

    @Override
    public Void trade(Trade trade) {
        return of(trade.receivedAt(), trade.timestampMicros());
    }

    @Override
    public Void depth(Depth depth) {
        return of(depth.receivedAt(), depth.timestampMicros());
    }

    @Override
    public Void market(MarketEvent event) {
        return of(event.receivedAt(), event.timestampMicros());
    }

    private Void of(long receivedAt, long timestampMicros) {
        micros = receivedAt == unknownMicros ? timestampMicros : receivedAt;
        return null;
    }

    private Void none() {
        micros = -1;
        return null;
    }

    @Override
    public Void account(AccountEvent event) {
        return none();
    }

    @Override
    public Void status(Status status) {
        return none();
    }

    @Override
    public Void failure(Failure failure) {
        return none();
    }

    @Override
    public Void history(HistoryEvent event) {
        return none();
    }

    @Override
    public Void unknown(Unknown event) {
        return none();
    }
}
