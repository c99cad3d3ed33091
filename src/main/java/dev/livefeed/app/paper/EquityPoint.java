package dev.livefeed.app.paper;

import dev.livefeed.protocol.model.InstrumentId;
import java.math.BigDecimal;
import java.util.Map;

/**
 * A point of the equity curve.
 *
 * @param marks the last prices by which positions were valued, by instrument
 */
public record EquityPoint(
        long atMicros,
        BigDecimal equity,
        BigDecimal cash,
        BigDecimal realised,
        BigDecimal unrealised,
        BigDecimal fees,
        Map<InstrumentId, BigDecimal> marks) {}
