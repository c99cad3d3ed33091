package dev.livefeed.protocol.model;

import java.time.Instant;

/**
 * A snapshot of an order book, or a delta.
 *
 * @param instrument what is traded
 * @param timestampMicros exchange time, microseconds since 1970
 * @param bids best (highest) first in a snapshot; a size of 0 deletes the level
 * @param asks best (lowest) first in a snapshot; a size of 0 deletes the level
 * @param lastUpdateId id of this update in its stream
 * @param prevUpdateId id of the update that this delta continues, or -1 if the connector does not say
 * @param snapshot true if it replaces the book, false for a delta
 * @param levels maximum number of levels a side of the stream, or 0 if the connector does not say
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Depth(
        InstrumentId instrument,
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
    public static final String CHANNEL = "depth";

    /** Whether the channel carries such events: {@code depth}, or {@code depth.N} for N levels a side. */
    public static boolean carriedBy(String channel) {
        return channel.equals(CHANNEL) || (channel.startsWith(CHANNEL + '.') && !channel.equals(RpiDepth.CHANNEL));
    }

    /** @param category null if it is not known */
    public Depth(
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
            boolean synthetic) {
        this(
                InstrumentId.of(null, category, symbol),
                timestampMicros,
                bids,
                asks,
                lastUpdateId,
                prevUpdateId,
                snapshot,
                levels,
                receivedAt,
                synthetic);
    }

    @Override
    public String venue() {
        return instrument.venue();
    }

    @Override
    public String symbol() {
        return instrument.symbol();
    }

    @Override
    public String category() {
        return instrument.category();
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Without the levels, which are many: Camel takes the hash of a body for each expression about it. */
    @Override
    public int hashCode() {
        return 31 * instrument.hashCode() + Long.hashCode(lastUpdateId ^ timestampMicros);
    }

    /** Exchange time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros);
    }
}
