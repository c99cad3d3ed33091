package dev.livefeed.protocol.model;

import java.math.BigDecimal;

/**
 * A position that the exchange closed by force.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time, microseconds since 1970
 * @param price at which the exchange took the position over (the bankruptcy price); above 0
 * @param qty size of the position; above 0
 * @param side side of the order that closed it, as {@link Trade#side} is the side of the taker: a liquidated long position
 *     sells. {@link #position} is the other way to say it
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Liquidation(
        String symbol,
        String category,
        long timestampMicros,
        BigDecimal price,
        BigDecimal qty,
        Side side,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "liquidation";
    public static final String CHANNEL = "liquidations";

    /** Which way a position bets. */
    public enum Position {
        LONG,
        SHORT;

        /** The side of the order that closes such a position. */
        public Side closedBy() {
            return this == LONG ? Side.SELL : Side.BUY;
        }

        @Override
        public String toString() {
            return this == LONG ? "long" : "short";
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    /** The position that was closed: a long one where the order sold. */
    public Position position() {
        return side == Side.SELL ? Position.LONG : Position.SHORT;
    }
}
