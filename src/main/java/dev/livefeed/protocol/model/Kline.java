package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A candle of the venue: sent repeatedly while it is open, and once as {@code closed} when it is complete.
 *
 * @param instrument what is traded
 * @param timestampMicros time of this update, microseconds since 1970
 * @param interval length
 * @param startMicros start, microseconds since 1970
 * @param endMicros last millisecond, in microseconds since 1970: one millisecond before the next candle starts
 * @param open above 0
 * @param high not below the other prices
 * @param low above 0, not above the other prices
 * @param close above 0; price of the last trade so far
 * @param volume 0 without trades
 * @param turnover 0 without trades, null if the connector does not say
 * @param closed whether it is final
 * @param correction whether it replaces an earlier closed candle of the same start, which had other figures
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Kline(
        InstrumentId instrument,
        long timestampMicros,
        KlineInterval interval,
        long startMicros,
        long endMicros,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal turnover,
        boolean closed,
        boolean correction,
        long receivedAt,
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "kline";

    /** @param category null if it is not known */
    public Kline(
            String symbol,
            String category,
            long timestampMicros,
            KlineInterval interval,
            long startMicros,
            long endMicros,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume,
            BigDecimal turnover,
            boolean closed,
            long receivedAt,
            boolean synthetic) {
        this(
                InstrumentId.of(null, category, symbol),
                timestampMicros,
                interval,
                startMicros,
                endMicros,
                open,
                high,
                low,
                close,
                volume,
                turnover,
                closed,
                false,
                receivedAt,
                synthetic);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String channel() {
        return interval.channel();
    }

    @Override
    public String countedAs() {
        return interval.channel();
    }

    /** Start of the candle. */
    public Instant start() {
        return Times.instant(startMicros);
    }

    /** Last millisecond of the candle. */
    public Instant end() {
        return Times.instant(endMicros);
    }

    /** Whether the prices are consistent: no price above the high or below the low. */
    public static boolean sound(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {
        return high.compareTo(open) >= 0
                && high.compareTo(close) >= 0
                && low.compareTo(open) <= 0
                && low.compareTo(close) <= 0;
    }
}
