package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Levels;

/**
 * A consistent copy of a local order book.
 *
 * @param category of the instrument, or null if the connector does not say
 * @param levels maximum number of levels a side of its stream; 0 if the connector does not say
 * @param reason why the book is not synced, or null
 * @param update the last applied update
 * @param bids best first; empty unless synced
 * @param asks best first; empty unless synced
 */
public record BookView(
        String symbol,
        String category,
        int levels,
        BookState state,
        String reason,
        LastUpdate update,
        Levels bids,
        Levels asks) {

    /**
     * The last update applied to a book.
     *
     * @param id update id, or -1
     * @param timestampMicros exchange time, or -1
     * @param receivedAt when it was received, in microseconds since 1970; 0 if the connector does not say
     */
    public record LastUpdate(long id, long timestampMicros, long receivedAt) {}

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
