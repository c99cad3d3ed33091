package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.List;

/**
 * The whole order book with the orders of retail price improvement (RPI), which only trade with retail orders and are
 * in no other book. Each event replaces the one before.
 *
 * @param instrument what is traded
 * @param timestampMicros exchange time, microseconds since 1970
 * @param bids best (highest) first
 * @param asks best (lowest) first
 * @param lastUpdateId id of the update in its stream
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record RpiDepth(
        InstrumentId instrument,
        long timestampMicros,
        List<Level> bids,
        List<Level> asks,
        long lastUpdateId,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "rpi_depth";
    public static final String CHANNEL = "depth.rpi";

    public RpiDepth {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /**
     * One price; at least one of the sizes is above 0.
     *
     * @param qty size without RPI orders
     * @param rpiQty size of RPI orders
     */
    public record Level(BigDecimal price, BigDecimal qty, BigDecimal rpiQty) {}

    /** Without the levels, which are many: Camel takes the hash of a body for each expression about it. */
    @Override
    public int hashCode() {
        return 31 * instrument.hashCode() + Long.hashCode(lastUpdateId ^ timestampMicros);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }
}
