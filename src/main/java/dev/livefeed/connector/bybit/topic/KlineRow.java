package dev.livefeed.connector.bybit.topic;

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
        boolean closed) {}
