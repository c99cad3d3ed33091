package dev.livefeed.protocol.model;

import java.time.Instant;

/**
 * A snapshot of an order book, or a change to it.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time, microseconds since 1970
 * @param bids best (highest) first in a snapshot; a size of 0 deletes the level
 * @param asks best (lowest) first in a snapshot; a size of 0 deletes the level
 * @param lastUpdateId number of this update in its stream
 * @param prevUpdateId number of the update that this delta continues, or -1 where the connector does not say
 * @param snapshot replaces the book; otherwise a delta
 * @param levels how many levels a side the stream carries at most, or 0 where the connector does not say
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Depth(
        String symbol,
        String category,
        long timestampMicros,
        Levels bids,
        Levels asks,
        long lastUpdateId,
        long prevUpdateId,
        boolean snapshot,
        int levels,
        long receivedAt,
        boolean synthetic)
        implements Event {

    public static final String TYPE = "depth";

    @Override
    public String type() {
        return TYPE;
    }

    /** Exchange time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros);
    }
}
