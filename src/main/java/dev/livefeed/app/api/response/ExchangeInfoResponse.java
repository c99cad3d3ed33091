package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;

/** What the exchange says of an instrument, and the tick size that is used. */
public record ExchangeInfoResponse(
        @JsonUnwrapped InstrumentBody instrument,
        String source,
        String status,
        BigDecimal tickSize,
        BigDecimal qtyStep,
        Instant fetchedAt,
        String error,
        BigDecimal profileTickSize) {}
