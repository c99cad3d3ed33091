package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A trade as published by the exchange.
 *
 * @param instrument what is traded
 * @param id unique within (category, symbol); an integer id is kept as text
 * @param timestampMicros exchange time, microseconds since 1970
 * @param price above 0
 * @param qty above 0
 * @param side side of the taker
 * @param seq the exchange's cross sequence, or -1
 * @param blockTrade whether it was negotiated off the book
 * @param rpi whether it was made against retail price improvement liquidity, which the book does not show
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 * @param repaired whether it was missed on the stream and fetched later
 * @param late whether a newer trade of its symbol was delivered before; it does not change the last price
 */
public record Trade(
        InstrumentId instrument,
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

    /** Creates a trade that is neither repaired nor late. */
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

    /** This trade, marked as late. */
    public Trade asLate() {
        return new Trade(
                instrument,
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
                repaired,
                true);
    }

    /** @param category null if it is not known */
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
            boolean synthetic,
            boolean repaired,
            boolean late) {
        this(
                InstrumentId.of(null, category, symbol),
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
                repaired,
                late);
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

    /** Exchange time. */
    public Instant timestamp() {
        return Times.instant(timestampMicros);
    }

    /** Whether the buyer was the maker, that is, the taker sold. */
    public boolean isBuyerMaker() {
        return side == Side.SELL;
    }
}
