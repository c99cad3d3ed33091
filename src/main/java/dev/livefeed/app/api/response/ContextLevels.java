package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.PreviousDay;
import java.math.BigDecimal;
import java.time.Instant;

/** Price levels of today and of the previous day. */
public record ContextLevels(@JsonUnwrapped Today today, @JsonUnwrapped DayBefore before) {

    /** Levels of today so far. */
    public record Today(
            @JsonProperty("OR") OpeningRange openingRange,
            @JsonProperty("VWAP") BigDecimal vwap,
            @JsonProperty("POCd") BigDecimal poc,
            @JsonProperty("VAHd") BigDecimal vah,
            @JsonProperty("VALd") BigDecimal val) {}

    /** High and low of the opening range. */
    public record OpeningRange(
            BigDecimal hi, BigDecimal lo, @JsonProperty("startTs") Instant start, @JsonProperty("endTs") Instant end) {}

    /** Levels of the previous day. */
    public record DayBefore(
            @JsonProperty("PDH") BigDecimal high,
            @JsonProperty("PDL") BigDecimal low,
            @JsonProperty("POCprev") BigDecimal poc,
            @JsonProperty("VAHprev") BigDecimal vah,
            @JsonProperty("VALprev") BigDecimal val,
            @JsonProperty("VWAPprev") BigDecimal vwap) {}

    /** @param vwap the requested VWAP: weighted by quantity or by value */
    public static ContextLevels of(ContextView view, BigDecimal vwap) {
        PreviousDay before = view.previous();
        return new ContextLevels(
                new Today(
                        new OpeningRange(
                                view.openingRangeHigh(),
                                view.openingRangeLow(),
                                view.openingRangeStart(),
                                view.openingRangeEnd()),
                        vwap,
                        view.poc(),
                        view.vah(),
                        view.val()),
                new DayBefore(before.high(), before.low(), before.poc(), before.vah(), before.val(), before.vwap()));
    }
}
