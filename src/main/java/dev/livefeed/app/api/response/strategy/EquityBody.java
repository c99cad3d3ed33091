package dev.livefeed.app.api.response.strategy;

import dev.livefeed.app.paper.EquityPoint;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/** The value of the paper account at a point in time. */
public record EquityBody(
        Instant ts, BigDecimal equity, BigDecimal cash, BigDecimal realised, BigDecimal unrealised, BigDecimal fees) {

    public static EquityBody of(EquityPoint point) {
        return new EquityBody(
                point.atMicros() < 0 ? null : Times.instant(point.atMicros()),
                point.equity(),
                point.cash(),
                point.realised(),
                point.unrealised(),
                point.fees());
    }
}
