package dev.livefeed.app.market;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Levels;

/**
 * A consistent copy of a local order book.
 *
 * @param levels maximum number of levels a side of its stream; 0 if the connector does not say
 * @param reason why the book is not synced, or null
 * @param update the last applied update
 * @param bids best first; empty unless synced
 * @param asks best first; empty unless synced
 */
public record BookView(
        InstrumentId instrument,
        int levels,
        BookState state,
        String reason,
        LastUpdate update,
        Levels bids,
        Levels asks) {

    /** Symbol of the instrument. */
    public String symbol() {
        return instrument.symbol();
    }

    /**
     * The last update applied to a book.
     *
     * @param id update id, or -1
     * @param timestampMicros exchange time, or -1
     * @param receivedAt when it was received, in microseconds since 1970; 0 if the connector does not say
     */
    public record LastUpdate(long id, long timestampMicros, long receivedAt) {}

    /** Category of the instrument, or null. */
    public String category() {
        return instrument.category();
    }

    public long lastUpdateId() {
        return update.id();
    }

    public long timestampMicros() {
        return update.timestampMicros();
    }

    public long receivedAt() {
        return update.receivedAt();
    }
}
