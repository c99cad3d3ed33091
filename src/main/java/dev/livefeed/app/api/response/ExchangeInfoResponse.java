package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;

/** The listing of an instrument, and the tick size in use. */
public record ExchangeInfoResponse(
        @JsonUnwrapped InstrumentBody instrument,
        String source,
        String status,
        BigDecimal tickSize,
        BigDecimal qtyStep,
        Instant fetchedAt,
        String error,
        BigDecimal profileTickSize) {}
