package dev.livefeed.app.paper;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A point of the equity curve.
 *
 * @param marks the last prices by which positions were valued, by symbol
 */
public record EquityPoint(
        long atMicros,
        BigDecimal equity,
        BigDecimal cash,
        BigDecimal realised,
        BigDecimal unrealised,
        BigDecimal fees,
        Map<String, BigDecimal> marks) {}
