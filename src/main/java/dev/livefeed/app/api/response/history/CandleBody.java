package dev.livefeed.app.api.response.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.history.PastCandle;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A candle of the past day, in responses and in the stream.
 *
 * @param complete whether all trades of its period so far are in it
 */
public record CandleBody(
        Instant start,
        @JsonUnwrapped PastCandle.Prices prices,
        @JsonUnwrapped Sums sums,
        BigDecimal vwap,
        Long trades,
        boolean closed,
        boolean complete) {

    /** Figures that the exchange does not tell are null. */
    public record Sums(BigDecimal volume, BigDecimal quoteVolume, BigDecimal delta) {}

    public static CandleBody of(PastCandle candle) {
        return new CandleBody(
                candle.start(),
                candle.prices(),
                new Sums(candle.volumes().volume(), candle.volumes().quote(), candle.delta()),
                candle.vwap(),
                candle.volumes().trades(),
                candle.closed(),
                candle.complete());
    }

    /** The first candle of the strategies begins with the first trade; the others are whole. */
    public static CandleBody of(Candle candle) {
        return new CandleBody(
                Times.instant(candle.startMicros()),
                new PastCandle.Prices(candle.open(), candle.high(), candle.low(), candle.close()),
                new Sums(candle.volume(), candle.quoteVolume(), candle.delta()),
                candle.vwap(),
                candle.trades(),
                candle.closed(),
                true);
    }
}
