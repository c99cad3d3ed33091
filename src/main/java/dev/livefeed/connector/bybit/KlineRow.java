package dev.livefeed.connector.bybit;

import java.math.BigDecimal;

/**
 * One candle of a frame.
 *
 * @param startMillis first moment
 * @param endMillis last millisecond
 */
record KlineRow(
        long startMillis,
        long endMillis,
        BigDecimal open,
        BigDecimal high,
        BigDecimal low,
        BigDecimal close,
        BigDecimal volume,
        BigDecimal turnover,
        boolean closed) {}
