package dev.livefeed.app.api.response.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.history.PastCandle;
import dev.livefeed.app.history.PastCandles;
import dev.livefeed.protocol.model.Times;
import java.time.Instant;
import java.util.List;

/** The candles of a symbol in a part of the past day, oldest first. */
public record DayCandlesResponse(
        @JsonUnwrapped InstrumentBody instrument,
        String timeframe,
        boolean synthetic,
        @JsonUnwrapped Range range,
        BackfillState backfill,
        List<CandleBody> candles) {

    /**
     * What was looked at.
     *
     * @param missing periods of it of which trades may be missing
     */
    public record Range(Instant from, Instant to, boolean complete, List<Missing> missing) {}

    public record Missing(Instant from, Instant to) {}

    /** How far it is with the candles of the exchange for what the feed does not have. */
    public record BackfillState(String status, String reason) {}

    public static DayCandlesResponse of(
            InstrumentBody instrument, String timeframe, boolean synthetic, PastCandles found, BackfillState backfill) {
        return new DayCandlesResponse(
                instrument,
                timeframe,
                synthetic || found.candles().stream().anyMatch(PastCandle::synthetic),
                new Range(
                        Times.instant(found.fromMicros()),
                        Times.instant(found.toMicros()),
                        found.complete(),
                        found.missing().stream()
                                .map(period -> new Missing(period.from(), period.to()))
                                .toList()),
                backfill,
                found.candles().stream().map(CandleBody::of).toList());
    }
}
