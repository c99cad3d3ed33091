package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.DayReport;
import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The bins with the most volume; the first is the POC. */
public record PocBinsResponse(
        @JsonUnwrapped InstrumentBody instrument,
        LocalDate day,
        @JsonUnwrapped BinSize size,
        int bins,
        @JsonUnwrapped Poc poc,
        List<Bin> topBins,
        @JsonUnwrapped Outside outside,
        boolean approximate) {

    public record BinSize(BigDecimal binSize, String binSizeFrom) {}

    public record Poc(BigDecimal pocPrice, BigDecimal pocVolume) {}

    /** Trades with a price outside the limits of the profile. */
    public record Outside(long outsideTrades, BigDecimal outsideVolume) {}

    public static PocBinsResponse of(ContextView view, DayReport report) {
        return new PocBinsResponse(
                InstrumentBody.of(view.instrument()),
                view.day(),
                new BinSize(view.tickSize(), report.profile().tickFromExchange() ? "exchange" : "setting"),
                report.profile().bins(),
                new Poc(view.poc(), view.pocVolume()),
                view.topBins(),
                new Outside(report.profile().outsideTrades(), report.profile().outsideVolume()),
                view.approximate());
    }
}
