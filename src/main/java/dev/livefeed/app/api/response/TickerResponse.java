package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/** The last ticker of a symbol; a figure that the ticker of the category does not have is null. */
public record TickerResponse(
        @JsonUnwrapped InstrumentBody instrument,
        Instant ts,
        Instant receivedAt,
        @JsonUnwrapped Figures figures,
        Instant nextFundingTime,
        boolean fresh,
        boolean synthetic) {

    /** The figures by their protocol names. */
    public record Figures(@JsonAnyGetter Map<String, BigDecimal> byName) {}
}
