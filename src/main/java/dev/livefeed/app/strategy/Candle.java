package dev.livefeed.app.strategy;

import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * The trades of one symbol in one stretch of time, by the time of the trades. Sums are exact.
 *
 * @param startMicros first microsecond that belongs to it
 * @param endMicros first microsecond that does not
 * @param open price of its earliest trade; of trades of the same time the one that came first
 * @param close price of its latest trade; of trades of the same time the one that came last
 * @param buyVolume sum of the sizes of trades whose taker bought
 * @param sellVolume the same of those whose taker sold
 * @param quoteVolume sum of price times size
 * @param trades how many
 * @param closed false while trades may still come into it
 * @param synthetic whether any trade of it was made by a simulator, a stub or a replay
 */
public record Candle(
        String symbol,
        String timeframe,
        long startMicros,
        long endMicros,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal buyVolume,
        BigDecimal sellVolume,
        BigDecimal quoteVolume,
        long trades,
        boolean closed,
        boolean synthetic) {

    /** Digits behind the point of {@link #vwap}; the last is rounded half to even. */
    public static final int VWAP_SCALE = 12;

    /** Sum of the sizes. */
    public BigDecimal volume() {
        return buyVolume.add(sellVolume);
    }

    /** Bought less sold, by the taker's side. */
    public BigDecimal delta() {
        return buyVolume.subtract(sellVolume);
    }

    /** Mean price weighted by size. */
    public BigDecimal vwap() {
        return quoteVolume.divide(volume(), VWAP_SCALE, RoundingMode.HALF_EVEN);
    }

    /** High less low. */
    public BigDecimal range() {
        return high.subtract(low);
    }

    /** When it began. */
    public Instant start() {
        return Times.instant(startMicros);
    }

    /** When it ended, or will. */
    public Instant end() {
        return Times.instant(endMicros);
    }
}
