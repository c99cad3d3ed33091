package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.strategy.Regime;
import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/** The regime of a symbol with the figures behind it. */
public record DiagnosticsResponse(
        @JsonUnwrapped InstrumentBody instrument,
        boolean synthetic,
        String timeframe,
        @JsonUnwrapped Classification classification,
        Figures figures,
        Instant ts,
        SessionsBody sessions) {

    public record Classification(String regime, String direction, BigDecimal confidence, BigDecimal score) {}

    public record Figures(
            BigDecimal efficiency, BigDecimal displacement, BigDecimal deltaStrength, BigDecimal concentration) {}

    private static final Classification UNCLASSIFIED =
            new Classification(Regime.UNKNOWN, "none", BigDecimal.ZERO, null);
    private static final Figures NO_FIGURES = new Figures(null, null, null, null);

    /** @param regime null before the first classification */
    public static DiagnosticsResponse of(
            InstrumentId instrument, boolean synthetic, String timeframe, Regime regime, SessionsBody sessions) {
        if (regime == null) {
            return new DiagnosticsResponse(
                    InstrumentBody.of(instrument), synthetic, timeframe, UNCLASSIFIED, NO_FIGURES, null, sessions);
        }
        return new DiagnosticsResponse(
                InstrumentBody.of(instrument),
                synthetic,
                timeframe,
                new Classification(regime.kind(), regime.direction(), regime.confidence(), regime.score()),
                new Figures(regime.efficiency(), regime.displacement(), regime.deltaStrength(), regime.concentration()),
                regime.atMicros() < 0 ? null : Times.instant(regime.atMicros()),
                sessions);
    }
}
