package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A trade as the exchange printed it.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param id unique within (category, symbol); an integer of the line is kept as text
 * @param timestampMicros exchange time, microseconds since 1970
 * @param price above 0
 * @param qty above 0
 * @param side side of the taker
 * @param seq the exchange's cross sequence, or -1
 * @param blockTrade negotiated off the book
 * @param rpi against retail-price-improvement liquidity, which the book does not show
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 * @param repaired fetched after it was missed: it was received long after it was made
 * @param late came behind a newer trade of its symbol: it is part of the past and changes no last price
 */
public record Trade(
        String symbol,
        String category,
        String id,
        long timestampMicros,
        BigDecimal price,
        BigDecimal qty,
        Side side,
        long seq,
        boolean blockTrade,
        boolean rpi,
        long receivedAt,
        boolean synthetic,
        boolean repaired,
        boolean late)
        implements Event {

    public static final String TYPE = "trade";

    /** A trade that came as it was made. */
    public Trade(
            String symbol,
            String category,
            String id,
            long timestampMicros,
            BigDecimal price,
            BigDecimal qty,
            Side side,
            long seq,
            boolean blockTrade,
            boolean rpi,
            long receivedAt,
            boolean synthetic) {
        this(
                symbol,
                category,
                id,
                timestampMicros,
                price,
                qty,
                side,
                seq,
                blockTrade,
                rpi,
                receivedAt,
                synthetic,
                false,
                false);
    }

    /** The same trade, as one that was fetched after it was missed. */
    public Trade asRepaired() {
        return with(true, late);
    }

    /** The same trade, as one that came behind a newer one. */
    public Trade asLate() {
        return with(repaired, true);
    }

    private Trade with(boolean isRepaired, boolean isLate) {
        return new Trade(
                symbol,
                category,
                id,
                timestampMicros,
                price,
                qty,
                side,
                seq,
                blockTrade,
                rpi,
                receivedAt,
                synthetic,
                isRepaired,
                isLate);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Exchange time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros);
    }

    /** Whether the buyer was the maker, which is to say that the taker sold. */
    public boolean isBuyerMaker() {
        return side == Side.SELL;
    }
}
