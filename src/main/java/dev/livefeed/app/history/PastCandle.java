package dev.livefeed.app.history;

import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * A candle of the past day.
 *
 * @param startMicros start of its period, microseconds since 1970
 * @param endMicros end of its period, exclusive
 * @param closed whether its period is over
 * @param complete whether all trades of its period so far are in it
 * @param synthetic whether any of it comes from a simulator, a stub or a replay
 */
public record PastCandle(
        long startMicros,
        long endMicros,
        Prices prices,
        Volumes volumes,
        boolean closed,
        boolean complete,
        boolean synthetic) {

    /** Decimal places of {@link #vwap}, rounded half to even. */
    public static final int VWAP_SCALE = 12;

    /** The prices of a candle. */
    public record Prices(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}

    /**
     * The sums of a candle. A candle of the exchange does not say who took, nor how many trades there were.
     *
     * @param volume sum of quantities
     * @param buy volume bought by takers, or null if it is not known
     * @param quote sum of price x quantity, or null if it is not known
     * @param trades number of trades, or null if it is not known
     */
    public record Volumes(BigDecimal volume, BigDecimal buy, BigDecimal quote, Long trades) {}

    public Instant start() {
        return Times.instant(startMicros);
    }

    /** Bought minus sold volume, or null if it is not known. */
    public BigDecimal delta() {
        return volumes.buy() == null ? null : volumes.buy().add(volumes.buy()).subtract(volumes.volume());
    }

    /** Volume-weighted average price, or null if it is not known. */
    public BigDecimal vwap() {
        return volumes.quote() == null
                ? null
                : volumes.quote().divide(volumes.volume(), VWAP_SCALE, RoundingMode.HALF_EVEN);
    }
}
