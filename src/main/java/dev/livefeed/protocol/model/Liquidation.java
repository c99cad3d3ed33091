package dev.livefeed.protocol.model;

import java.math.BigDecimal;

/**
 * A position liquidated by the exchange.
 *
 * @param instrument what is traded
 * @param timestampMicros exchange time, microseconds since 1970
 * @param price bankruptcy price, above 0
 * @param qty size of the position, above 0
 * @param side side of the order that closed it, as {@link Trade#side} is the taker's side: a liquidated long position
 *     sells; see {@link #position}
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Liquidation(
        InstrumentId instrument,
        long timestampMicros,
        BigDecimal price,
        BigDecimal qty,
        Side side,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "liquidation";
    public static final String CHANNEL = "liquidations";

    /** The direction of a position. */
    public enum PositionSide {
        LONG,
        SHORT;

        /** The side of the order that closes the position. */
        public Side closedBy() {
            return this == LONG ? Side.SELL : Side.BUY;
        }

        @Override
        public String toString() {
            return this == LONG ? "long" : "short";
        }
    }

    /** @param category null if it is not known */
    public Liquidation(
            String symbol,
            String category,
            long timestampMicros,
            BigDecimal price,
            BigDecimal qty,
            Side side,
            long receivedAt,
            boolean synthetic) {
        this(InstrumentId.of(null, category, symbol), timestampMicros, price, qty, side, receivedAt, synthetic);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    /** The direction of the closed position: long if the order sold. */
    public PositionSide position() {
        return side == Side.SELL ? PositionSide.LONG : PositionSide.SHORT;
    }
}
