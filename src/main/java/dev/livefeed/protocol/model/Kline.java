package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A candle as it stands: pushed again and again while it is open, and once more, {@code closed}, when it is complete.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros when the exchange made this push, microseconds since 1970
 * @param interval length
 * @param startMicros first moment, microseconds since 1970
 * @param endMicros last millisecond, microseconds since 1970: a millisecond before the next candle starts
 * @param open above 0
 * @param high not below the others
 * @param low above 0, not above the others
 * @param close above 0; of the last trade so far
 * @param volume 0 where nothing was traded
 * @param turnover 0 where nothing was traded, null where the connector does not say
 * @param closed no trade can change it any more
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic made by a simulator, a stub or a replay: never to be shown as live
 */
public record Kline(
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
        boolean synthetic)
        implements MarketEvent {

    public static final String TYPE = "kline";

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

    /** First moment. */
    public Instant start() {
        return Times.instant(startMicros);
    }

    /** Last millisecond. */
    public Instant end() {
        return Times.instant(endMicros);
    }

    /** Whether the prices fit together: the high is the highest, the low the lowest. */
    public static boolean sound(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {
        return high.compareTo(open) >= 0
                && high.compareTo(close) >= 0
                && low.compareTo(open) <= 0
                && low.compareTo(close) <= 0;
    }
}
