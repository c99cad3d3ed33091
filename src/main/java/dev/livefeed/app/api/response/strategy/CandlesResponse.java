package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.strategy.Candle;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The last candles of a symbol, oldest first, ending with the open one. */
public record CandlesResponse(
        @JsonUnwrapped InstrumentBody instrument, String timeframe, boolean synthetic, List<Item> candles) {

    /** One candle. */
    public record Item(
            Instant start,
            @JsonUnwrapped Prices prices,
            @JsonUnwrapped Volumes volumes,
            BigDecimal vwap,
            long trades,
            boolean closed) {}

    public record Prices(BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}

    public record Volumes(BigDecimal volume, BigDecimal quoteVolume, BigDecimal delta) {}

    public static Item item(Candle candle) {
        return new Item(
                Times.instant(candle.startMicros()),
                new Prices(candle.open(), candle.high(), candle.low(), candle.close()),
                new Volumes(candle.volume(), candle.quoteVolume(), candle.delta()),
                candle.vwap(),
                candle.trades(),
                candle.closed());
    }
}
