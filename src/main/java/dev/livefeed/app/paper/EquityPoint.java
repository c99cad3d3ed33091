package dev.livefeed.app.paper;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What the account was worth at a moment.
 *
 * @param marks the prices that positions were valued at
 */
public record EquityPoint(
        long atMicros,
        BigDecimal equity,
        BigDecimal cash,
        BigDecimal realised,
        BigDecimal unrealised,
        BigDecimal fees,
        Map<String, BigDecimal> marks) {}
