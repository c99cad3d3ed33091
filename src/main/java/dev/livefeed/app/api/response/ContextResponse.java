package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** The market context of a symbol: session, levels, statistics of the day, price. */
public record ContextResponse(
        @JsonUnwrapped InstrumentBody instrument,
        Session session,
        ContextLevels levels,
        Stats stats,
        LastPrice price,
        Approximate approximate,
        boolean synthetic) {

    /** @param name of the session of the last trade, or null */
    public record Session(String name, LocalDate day) {}

    /** Statistics of the day. */
    public record Stats(
            @JsonUnwrapped Average average,
            @JsonUnwrapped Volumes volumes,
            @JsonUnwrapped Deltas deltas,
            @JsonUnwrapped Prices prices) {}

    public record Average(BigDecimal vwap, String vwapMode) {}

    public record Volumes(
            long trades, BigDecimal volume, BigDecimal quoteVolume, BigDecimal buyVolume, BigDecimal sellVolume) {}

    /** Bought minus sold volume: before the opening range, since its start, and the sum. */
    public record Deltas(BigDecimal cdPre, BigDecimal liveDelta, BigDecimal cvd) {}

    public record Prices(BigDecimal open, BigDecimal high, BigDecimal low) {}

    public record LastPrice(BigDecimal price, Instant ts, String symbol) {}

    /** @param vwapMode {@code base}: weighted by quantity; {@code quote}: by value */
    public static ContextResponse of(ContextView view, String vwapMode) {
        BigDecimal vwap = vwapMode.equals("base") ? view.vwap() : view.vwapQuote();
        return new ContextResponse(
                InstrumentBody.of(view.instrument()),
                new Session(view.session(), view.day()),
                ContextLevels.of(view, vwap),
                new Stats(
                        new Average(vwap, vwapMode),
                        new Volumes(
                                view.trades(), view.volume(), view.quoteVolume(), view.buyVolume(), view.sellVolume()),
                        new Deltas(view.cdPre(), view.liveDelta(), view.cvd()),
                        new Prices(view.open(), view.high(), view.low())),
                new LastPrice(
                        view.lastPrice(),
                        view.lastTimestampMicros() < 0 ? null : Times.instant(view.lastTimestampMicros()),
                        view.symbol()),
                Approximate.of(view),
                view.synthetic());
    }
}
