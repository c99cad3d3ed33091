package dev.livefeed.connector.feed;

import java.math.BigDecimal;

/**
 * One candle of a frame.
 *
 * @param startMillis first millisecond
 * @param endMillis last millisecond
 */
public record KlineRow(
        long startMillis,
        long endMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal turnover,
        boolean closed) {

    /** Whether prices and sums are the same. */
    public boolean sameFigures(KlineRow other) {
        return open.compareTo(other.open) == 0
                && high.compareTo(other.high) == 0
                && low.compareTo(other.low) == 0
                && close.compareTo(other.close) == 0
                && volume.compareTo(other.volume) == 0
                && (turnover == null || other.turnover == null
                        ? turnover == other.turnover
                        : turnover.compareTo(other.turnover) == 0);
    }
}
