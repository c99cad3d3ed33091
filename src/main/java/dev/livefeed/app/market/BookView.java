package dev.livefeed.app.market;

import dev.livefeed.protocol.model.Levels;

/**
 * A consistent copy of a kept book.
 *
 * @param category of the market, or null where the connector does not say
 * @param levels how many levels a side its stream carries at most, 0 where the connector does not say
 * @param reason why the book is not synced, or null
 * @param lastUpdateId of the last update applied, or -1
 * @param timestampMicros exchange time of the last update, or -1
 * @param receivedAt when the last update was received, in microseconds since 1970, or 0 where the connector does not
 *     say
 * @param bids best first; empty unless synced
 * @param asks best first; empty unless synced
 */
public record BookView(
        String symbol,
        String category,
        int levels,
        BookState state,
        String reason,
        long lastUpdateId,
        long timestampMicros,
        long receivedAt,
        Levels bids,
        Levels asks) {}
