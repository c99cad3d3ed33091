package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;

/** The last price of a symbol; null before its first trade. */
public record PriceResponse(
        @JsonUnwrapped InstrumentBody instrument, BigDecimal price, Instant ts, boolean fresh, boolean synthetic) {}
